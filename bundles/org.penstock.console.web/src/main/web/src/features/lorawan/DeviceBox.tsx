import { NativeSelect, PasswordInput, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { runJob } from '../../api/jobs';
import { Confirm } from '../../app/Confirm';
import { type Outcome, useCodecs } from './api';
import { type NewDevice, rowOf } from './row';

interface Props {
  pid: string;
  done: (said: string) => void;
  close: () => void;
}
const blank: NewDevice = {
  devEui: '',
  name: '',
  classC: false,
  abp: false,
  joinEui: '',
  appKey: '',
  devAddr: '',
  nwkSKey: '',
  appSKey: '',
};

/** Adds a device, or gives one that is there other keys. Keys are only ever sent: no answer holds one. */
export function DeviceBox({ pid, done, close }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data = [] } = useCodecs(pid);
  const [device, setDevice] = useState(blank);
  const [codec, setCodec] = useState('raw');
  const set = (part: Partial<NewDevice>) => setDevice((before) => ({ ...before, ...part }));
  const act = async () => {
    const args = { driver: pid, csv: rowOf(device), codec };
    const outcome = (await runJob('lorawan.import', args, () => undefined)).result as Outcome;
    await queries.invalidateQueries({ queryKey: ['lorawan'] });
    done(t('lora.taken', { ...outcome }));
  };
  const text = (key: 'devEui' | 'name' | 'joinEui' | 'devAddr', label: string) => (
    <TextInput label={label} value={device[key]} onChange={(e) => set({ [key]: e.currentTarget.value })} />
  );
  const secret = (key: 'appKey' | 'nwkSKey' | 'appSKey', label: string) => (
    <PasswordInput
      label={label}
      autoComplete="new-password"
      value={device[key]}
      onChange={(e) => set({ [key]: e.currentTarget.value })}
    />
  );
  return (
    <Confirm title={t('lora.add')} act={act} close={close}>
      <p className="muted">{t('lora.addHelp')}</p>
      {text('devEui', 'DevEUI')}
      {text('name', t('name'))}
      <NativeSelect
        label={t('lora.codec')}
        value={codec}
        data={[...new Set(['raw', ...data.map((c) => c.name)])]}
        onChange={(e) => setCodec(e.currentTarget.value)}
      />
      <Switch
        label={t('lora.classC')}
        checked={device.classC}
        onChange={(e) => set({ classC: e.currentTarget.checked })}
      />
      <Switch label={t('lora.abp')} checked={device.abp} onChange={(e) => set({ abp: e.currentTarget.checked })} />
      {device.abp ? (
        <>
          {text('devAddr', 'DevAddr')}
          {secret('nwkSKey', 'NwkSKey')}
          {secret('appSKey', 'AppSKey')}
        </>
      ) : (
        <>
          {text('joinEui', t('lora.joinEui'))}
          {secret('appKey', 'AppKey')}
        </>
      )}
    </Confirm>
  );
}
