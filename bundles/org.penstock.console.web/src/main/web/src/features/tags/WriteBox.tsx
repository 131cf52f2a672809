import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { put } from '../../api/client';
import { Confirm } from '../../app/Confirm';
import { Authority } from './Authority';
import { parse } from './format';
import type { Channel } from './TagGrid';

/** Writes a value after it was confirmed; the device's refusal is said in the box. */
export function WriteBox({ channel, close }: { channel: Channel; close: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const value = parse(text, channel.valueType);
  const act = async () => {
    if (value === undefined) throw new Error(t('tags.noValue', { text, type: channel.valueType }));
    const path = [channel.asset, channel.name].map(encodeURIComponent).join('/');
    await put(`/api/v1/channels/${path}/value`, { value });
  };
  return (
    <Confirm title={t('tags.writeTo', { asset: channel.asset, name: channel.name })} act={act} close={close}>
      <TextInput
        label={`${t('value')} (${channel.valueType}${channel.unit ? `, ${channel.unit}` : ''})`}
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
        data-autofocus
      />
      <Authority asset={channel.asset} channel={channel.name} />
    </Confirm>
  );
}
