import { NumberInput, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ad } from '../../api/metatype';
import { Field } from '../configuration/Field';
import { type Errors, type FieldValue, initial, toProperties, validate } from '../configuration/metatype';
import type { DefinedKind } from './api';
import type { Part } from './model';

interface Props {
  part: Part;
  kind: DefinedKind | undefined;
  rename: (pid: string) => void;
  change: (part: Part) => void;
}
const none: Ad[] = [];

/** What a new part will be made with; nothing goes to the gateway before the graph is applied. */
export function NewPartForm({ part, kind, rename, change }: Props) {
  const { t } = useTranslation();
  const ads = kind?.componentOCD ?? none;
  const properties = part.make?.properties ?? {};
  const before = useMemo(() => initial({ pid: '', definition: { id: '', name: '', ad: ads } }), [ads]);
  const values = initial({ pid: part.pid, definition: { id: '', name: '', ad: ads }, properties });
  const errors = validate(ads, values);
  const words = (ad: Ad, error: Errors[string] | undefined) => {
    if (error === 'range') return t('range', { min: ad.min ?? '−∞', max: ad.max ?? '∞' });
    return error && t(error === 'required' ? 'required' : `conf.${error}`);
  };
  const set = (ad: Ad, value: FieldValue) => {
    if (!part.make) return;
    const { [ad.id]: _, ...others } = properties;
    const given = toProperties([ad], before, { ...before, [ad.id]: value })[ad.id];
    change({ ...part, make: { ...part.make, properties: given ? { ...others, [ad.id]: given } : others } });
  };
  const ports = (side: 'inputs' | 'outputs', min: number, max: number) =>
    max > min && (
      <NumberInput
        label={t(`flow.${side}`)}
        min={min}
        max={max}
        value={part[side]}
        onChange={(n) => change({ ...part, [side]: Math.min(max, Math.max(min, Number(n))) })}
      />
    );
  return (
    <div className="fields">
      <TextInput label={t('conf.pid')} value={part.pid} onChange={(e) => rename(e.currentTarget.value)} />
      {kind && ports('inputs', kind.minInputPorts, kind.maxInputPorts)}
      {kind && ports('outputs', kind.minOutputPorts, kind.maxOutputPorts)}
      {ads.map((ad) => (
        <Field
          key={ad.id}
          pid={part.pid}
          ad={ad}
          value={values[ad.id]}
          error={words(ad, errors[ad.id])}
          set={(value) => set(ad, value)}
        />
      ))}
    </div>
  );
}
