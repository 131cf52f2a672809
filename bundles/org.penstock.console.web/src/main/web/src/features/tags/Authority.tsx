import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { del, get, put } from '../../api/client';

/** Who holds a channel, or that it is in hand. */
interface Held {
  hand: boolean;
  kind?: string | null;
  owner?: string | null;
  until?: string | null;
}

/** Who may write to the channel just now, and the ways to take it over and to give it back. */
export function Authority({ asset, channel }: { asset: string; channel: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const queryKey = ['writes', asset];
  const root = `/api/v1/writes/${encodeURIComponent(asset)}`;
  const { data, error } = useQuery({
    queryKey,
    queryFn: () => get<Record<string, Held>>(root),
    refetchInterval: 2000,
    retry: false,
  });
  const [refused, setRefused] = useState('');
  const held = data?.[channel];
  const act = (what: Promise<Record<string, Held>>) => {
    setRefused('');
    what.then(
      (now) => queries.setQueryData(queryKey, now),
      (e: Error) => setRefused(e.message),
    );
  };
  const own = `${root}/${encodeURIComponent(channel)}`;
  const words = refused || error?.message;
  return (
    <section className="bar" aria-label={t('auth.title')}>
      <span className="grow wrap">
        {held?.hand && <b>{t('auth.hand')} </b>}
        {held?.kind
          ? t('auth.held', {
              kind: held.kind,
              owner: held.owner ?? '',
              until: held.until ? new Date(held.until).toLocaleTimeString() : '∞',
            })
          : !held?.hand && t('auth.free')}
      </span>
      {held?.kind && (
        <Button variant="default" onClick={() => act(del(`${own}/hold`))}>
          {t('auth.release')}
        </Button>
      )}
      <Button variant="default" onClick={() => act(put(`${own}/mode`, { hand: !held?.hand }))}>
        {t(held?.hand ? 'auth.toAutomatic' : 'auth.toHand')}
      </Button>
      {words && (
        <span role="alert" className="error wrap">
          {words}
        </span>
      )}
    </section>
  );
}
