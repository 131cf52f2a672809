import { NativeSelect, PasswordInput, Switch, Textarea, TextInput } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ad } from '../../api/metatype';
import { useTargets } from './api';
import { describe, type FieldValue, isMulti, isNumber, isTarget, isTextArea } from './metatype';

export interface FieldProps {
  pid: string;
  ad: Ad;
  value: FieldValue | undefined;
  error: string | undefined;
  set: (value: FieldValue) => void;
}

function TargetField({ pid, ad, value, error, set }: FieldProps) {
  const id = useId();
  const { data = [] } = useTargets(pid, ad.id.replace(/\.target$/, ''));
  return (
    <>
      <TextInput
        label={ad.name}
        description={describe(ad)}
        error={error ?? null}
        list={id}
        value={String(value ?? '')}
        onChange={(e) => set(e.currentTarget.value)}
      />
      <datalist id={id}>
        {data.map((target) => (
          <option key={target} value={`(kura.service.pid=${target})`}>
            {target}
          </option>
        ))}
      </datalist>
    </>
  );
}

/** One attribute, by its type. */
export function Field(props: FieldProps) {
  const { ad, value, error, set } = props;
  const { t } = useTranslation();
  const base = {
    label: ad.name,
    description: describe(ad),
    required: ad.isRequired,
    error: error ?? null,
    name: ad.id,
  };
  const text = typeof value === 'string' ? value : '';
  if (isMulti(ad))
    return (
      <Textarea
        {...base}
        description={`${describe(ad)} ${t('conf.onePerLine')}`.trim()}
        rows={3}
        value={Array.isArray(value) ? value.join('\n') : ''}
        onChange={(e) => set(e.currentTarget.value === '' ? [] : e.currentTarget.value.split('\n'))}
      />
    );
  if (ad.type === 'BOOLEAN')
    return (
      <Switch
        label={ad.name}
        description={describe(ad)}
        error={error ?? null}
        name={ad.id}
        checked={value === true}
        onChange={(e) => set(e.currentTarget.checked)}
      />
    );
  if (ad.option?.length) {
    const known = ad.option.some((o) => o.value === text);
    const data = known ? ad.option : [{ label: text, value: text }, ...ad.option];
    return <NativeSelect {...base} data={data} value={text} onChange={(e) => set(e.currentTarget.value)} />;
  }
  if (ad.type === 'PASSWORD')
    return (
      <PasswordInput
        {...base}
        required={false}
        placeholder={t('conf.unchanged')}
        autoComplete="new-password"
        value={text}
        onChange={(e) => set(e.currentTarget.value)}
      />
    );
  if (isTarget(ad)) return <TargetField {...props} />;
  if (isTextArea(ad))
    return <Textarea {...base} rows={8} value={text} onChange={(e) => set(e.currentTarget.value)} className="code" />;
  return (
    <TextInput
      {...base}
      inputMode={isNumber(ad) ? 'decimal' : 'text'}
      value={text}
      onChange={(e) => set(e.currentTarget.value)}
    />
  );
}
