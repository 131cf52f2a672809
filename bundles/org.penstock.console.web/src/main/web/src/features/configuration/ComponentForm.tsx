import { Button } from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/client';
import type { Ad, Component } from '../../api/metatype';
import { apply, useRefresh } from './api';
import { Field } from './Field';
import { changed, type Errors, initial, toProperties, type Values, validate } from './metatype';

const none: Ad[] = [];

/** The form of one component: only what was changed is sent; refusals stand at their field. */
export function ComponentForm({ component }: { component: Component }) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const ads = component.definition?.ad ?? none;
  const before = useMemo(() => initial(component), [component]);
  const [edits, setEdits] = useState<Values>({});
  const [refused, setRefused] = useState<Record<string, string>>({});
  const [said, setSaid] = useState<{ text: string; bad: boolean }>();
  const [busy, setBusy] = useState(false);
  const values = { ...before, ...edits };
  const errors = validate(ads, values);
  const count = changed(ads, before, values).length;

  const words = (ad: Ad, error: Errors[string] | undefined) => {
    if (error === 'range') return t('range', { min: ad.min ?? '−∞', max: ad.max ?? '∞' });
    return error ? t(error === 'required' ? 'required' : `conf.${error}`) : refused[ad.id];
  };
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setSaid(undefined);
    setRefused({});
    try {
      await apply(component.pid, toProperties(ads, before, values));
      setEdits({});
      setSaid({ text: t('conf.applied'), bad: false });
      refresh();
    } catch (e) {
      if (e instanceof ApiError)
        setRefused(
          Object.fromEntries(e.faults.map((f) => [f.attribute ?? '', `${f.given ?? ''} – ${f.allowed ?? ''}`])),
        );
      setSaid({ text: (e as Error).message, bad: true });
    } finally {
      setBusy(false);
    }
  }
  const reset = () => {
    setEdits({});
    setRefused({});
    setSaid(undefined);
  };
  if (ads.length === 0) return <p>{t('conf.nothing')}</p>;
  return (
    <form className="panel form" onSubmit={(e) => void submit(e)} noValidate>
      {ads.map((ad) => (
        <Field
          key={ad.id}
          pid={component.pid}
          ad={ad}
          value={values[ad.id]}
          error={words(ad, errors[ad.id])}
          set={(value) => setEdits((old) => ({ ...old, [ad.id]: value }))}
        />
      ))}
      <div className="bar sticky">
        <Button type="submit" loading={busy} disabled={count === 0 || Object.keys(errors).length > 0}>
          {t('apply')}
        </Button>
        <Button variant="default" onClick={reset} disabled={count === 0}>
          {t('reset')}
        </Button>
        {count > 0 && <span className="muted">{t('changes', { count })}</span>}
        <span role="status" className={said?.bad ? 'error' : 'muted'}>
          {said?.text}
        </span>
      </div>
    </form>
  );
}
