import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../app/Confirm';
import { installCode } from './api';

interface Props {
  pid: string;
  done: (said: string) => void;
  close: () => void;
}

/** Takes the code that is printed on a device; the gateway checks it, and never shows it again. */
export function InstallCodeBox({ pid, done, close }: Props) {
  const { t } = useTranslation();
  const [ieee, setIeee] = useState('');
  const [code, setCode] = useState('');
  const act = () => installCode(pid, ieee.trim(), code.trim()).then(() => done(t('zb.codeTaken', { ieee })));
  return (
    <Confirm title={t('zb.code')} act={act} close={close}>
      <p className="muted">{t('zb.codeHelp')}</p>
      <TextInput
        label={t('zb.ieee')}
        className="mono"
        placeholder="0x00124b0001020301"
        value={ieee}
        onChange={(e) => setIeee(e.currentTarget.value)}
      />
      <TextInput
        label={t('zb.code')}
        className="mono"
        autoComplete="off"
        value={code}
        onChange={(e) => setCode(e.currentTarget.value)}
      />
    </Confirm>
  );
}
