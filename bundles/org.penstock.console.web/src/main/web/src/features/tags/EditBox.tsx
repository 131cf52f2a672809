import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ad } from '../../api/metatype';
import { Confirm } from '../../app/Confirm';
import { Field } from '../configuration/Field';
import { type FieldValue, initial, toProperties } from '../configuration/metatype';
import { edit, past, useChannelAds, useDriverAds } from './api';
import type { Channel } from './TagGrid';

const none: Ad[] = [];
const most = 8;

interface Props {
  channels: readonly Channel[];
  done: (count: number) => void;
  close: () => void;
}

/** Sets one attribute of many channels; what is wrong is said by channel, and nothing of its asset is changed. */
export function EditBox({ channels, done, close }: Props) {
  const { t } = useTranslation();
  const assets = [...new Set(channels.map((c) => c.asset))];
  const { data: common = none } = useChannelAds();
  const { data: own = none } = useDriverAds(assets.length === 1 ? (assets[0] ?? '') : '');
  const ads = [...common, ...own].filter((ad) => ad.id !== '+name');
  const [id, setId] = useState('+unit');
  const [value, setValue] = useState<FieldValue>();
  const ad = ads.find((a) => a.id === id);
  const before = initial({ pid: '', definition: { id: '', name: '', ad: ads } });
  const shown = value ?? (ad ? before[ad.id] : '');
  const act = async () => {
    if (!ad || shown === undefined) return;
    const given = toProperties([ad], {}, { [ad.id]: shown })[ad.id];
    const edits = channels.map(({ asset, name }) => ({
      op: 'patch' as const,
      asset,
      channel: name,
      properties: { [ad.id]: given?.value ?? null },
    }));
    const wrong = (await edit(edits, true)).filter((r) => !r.ok);
    if (wrong.length > 0) {
      const lines = wrong.slice(0, most).map((r) => `${r.asset}/${r.channel}: ${r.message}`);
      throw new Error([t('tags.wrong', { count: wrong.length }), ...lines].join('\n'));
    }
    await past.edit(edits);
    done(edits.length);
  };
  return (
    <Confirm title={t('tags.edit', { count: channels.length })} act={act} close={close}>
      <NativeSelect
        label={t('tags.attribute')}
        value={id}
        data={ads.map((a) => ({ value: a.id, label: a.name }))}
        onChange={(e) => {
          setId(e.currentTarget.value);
          setValue(undefined);
        }}
      />
      {ad && <Field pid="" ad={{ ...ad, name: t('value') }} value={shown} error={undefined} set={setValue} />}
    </Confirm>
  );
}
