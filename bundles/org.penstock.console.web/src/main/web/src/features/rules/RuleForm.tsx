import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ad, Ocd, Property } from '../../api/metatype';
import { Field } from '../configuration/Field';
import { changed, describe, initial, toProperties, type Values, validate } from '../configuration/metatype';
import { saveRule, useChannelTypes } from './api';
import { ExpressionField } from './ExpressionField';

interface Props {
  /** Empty for one that is not there yet. */
  pid: string;
  definition: Ocd;
  properties: Record<string, Property>;
  done: (pid: string) => void;
}
const empty = new Map<string, string>();

/** The type that an expression's value must have; undefined when that is not known. */
const typeOf = (key: string, values: Values, channels: ReadonlyMap<string, string>): string | undefined => {
  if (key === 'when' || key === 'write.guard') return 'BOOLEAN';
  if (key === 'publish.body') return 'STRING';
  return key === 'tag.value' ? undefined : channels.get(String(values['write.channel'] ?? ''));
};
const expressions = ['when', 'write.value', 'write.revert', 'write.guard', 'tag.value', 'publish.body'];
const channelKeys = ['write.channel', 'tag.channel'];

/** One rule: its expression first, evaluated as it is typed; faults stand at their field, warnings below. */
export function RuleForm({ pid, definition, properties, done }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data: channels = empty } = useChannelTypes();
  const names = useMemo(() => [...channels.keys()], [channels]);
  const before = useMemo(() => {
    const all = initial({ pid, definition, properties });
    return pid ? all : { ...all, when: '' };
  }, [pid, definition, properties]);
  const [name, setName] = useState('');
  const [edits, setEdits] = useState<Values>({});
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [said, setSaid] = useState<{ text: string; bad: boolean }>();
  const values = { ...before, ...edits };
  const ads = definition.ad.toSorted((a, b) => Number(b.id === 'when') - Number(a.id === 'when'));
  const errors = validate(ads, values);
  const count = changed(ads, before, values).length;
  const set = (key: string) => (value: Values[string]) => setEdits((old) => ({ ...old, [key]: value }));
  const wrong = (ad: Ad) => {
    const error = errors[ad.id];
    if (error === 'range') return t('range', { min: ad.min ?? '−∞', max: ad.max ?? '∞' });
    return error ? t(error === 'required' ? 'required' : `conf.${error}`) : faults[ad.id];
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setFaults({});
    const given = Object.entries(toProperties(ads, before, values)).map(([key, p]) => [key, p?.value ?? null]);
    try {
      const saved = await saveRule(pid || name, Object.fromEntries(given));
      if (saved.faults.length > 0) {
        const words = saved.faults.map((f) => [f.key, f.character ? `${f.character}: ${f.message}` : f.message]);
        setFaults(Object.fromEntries(words));
        setSaid({ text: saved.faults.map((f) => `${f.key}: ${f.message}`).join('\n'), bad: true });
        return;
      }
      setSaid({ text: [t('conf.applied'), ...saved.warnings].join('\n'), bad: saved.warnings.length > 0 });
      await Promise.all(['rules', 'configuration'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
      setEdits({});
      done(pid || name);
    } catch (e) {
      setSaid({ text: (e as Error).message, bad: true });
    }
  };
  const field = (ad: Ad) => {
    const text = String(values[ad.id] ?? '');
    if (expressions.includes(ad.id))
      return (
        <ExpressionField
          key={ad.id}
          label={ad.name}
          description={describe(ad)}
          name={ad.id}
          value={text}
          type={typeOf(ad.id, values, channels)}
          channels={names}
          error={wrong(ad)}
          set={set(ad.id)}
        />
      );
    if (channelKeys.includes(ad.id))
      return (
        <TextInput
          key={ad.id}
          label={ad.name}
          description={describe(ad)}
          name={ad.id}
          list="rule-channels"
          value={text}
          error={wrong(ad) ?? null}
          onChange={(e) => set(ad.id)(e.currentTarget.value)}
        />
      );
    return <Field key={ad.id} pid={pid} ad={ad} value={values[ad.id]} error={wrong(ad)} set={set(ad.id)} />;
  };
  return (
    <form className="panel form" aria-label={pid || t('rule.new')} onSubmit={(e) => void submit(e)} noValidate>
      {!pid && <TextInput label={t('conf.pid')} value={name} onChange={(e) => setName(e.currentTarget.value)} />}
      {ads.map(field)}
      <datalist id="rule-channels">
        {names.map((n) => (
          <option key={n} value={n} />
        ))}
      </datalist>
      <div className="bar sticky">
        <Button type="submit" disabled={count === 0 || !(pid || name.trim()) || Object.keys(errors).length > 0}>
          {t('apply')}
        </Button>
        <Button variant="default" disabled={count === 0} onClick={() => setEdits({})}>
          {t('reset')}
        </Button>
        {count > 0 && <span className="muted">{t('changes', { count })}</span>}
        <span role="status" className={said?.bad ? 'error wrap lines' : 'muted'}>
          {said?.text}
        </span>
      </div>
    </form>
  );
}
