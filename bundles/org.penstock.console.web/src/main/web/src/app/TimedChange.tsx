import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { del, get, post } from '../api/client';

interface Pending {
  token: string;
  pids: string[];
  author: string;
  until: string;
}
const root = '/api/v1/timed-change';
const key = ['timed'];

/** After a change that reverts was made, the strip looks at once. */
export function useTimedRefresh(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: key });
}

/** A change that reverts by itself unless somebody keeps it: on every page until it is decided. */
export function TimedChange() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: key,
    queryFn: async () => (await get<{ pending?: Pending }>(root)).pending ?? null,
    refetchInterval: (query) => (query.state.data ? 1000 : 10_000),
    retry: false,
  });
  const [now, setNow] = useState(Date.now());
  const [error, setError] = useState('');
  const waits = Boolean(data);
  const waited = useRef(false);
  useEffect(() => {
    if (waited.current && !waits) void queries.invalidateQueries(); // what is shown may have been reverted
    waited.current = waits;
    if (!waits) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [waits, queries]);
  if (!data) return null;
  const act = (work: Promise<unknown>) => {
    setError('');
    work.catch((e: Error) => setError(e.message)).finally(() => void queries.invalidateQueries());
  };
  const token = encodeURIComponent(data.token);
  const count = Math.max(0, Math.ceil((Date.parse(data.until) - now) / 1000));
  return (
    <section className="panel bar timed" data-s="warn" aria-label={t('timed.title')}>
      <span className="grow wrap">
        <b>{t('timed.waits', { count })}</b> <span className="muted">{data.author}</span>{' '}
        <span className="muted">{data.pids.join(', ')}</span>
      </span>
      {error && (
        <span role="alert" className="error">
          {error}
        </span>
      )}
      <Button onClick={() => act(post(`${root}/${token}/_confirm`))}>{t('timed.keep')}</Button>
      <Button variant="default" onClick={() => act(del(`${root}/${token}`))}>
        {t('timed.revert')}
      </Button>
    </section>
  );
}
