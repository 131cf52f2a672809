import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { del, get } from '../../api/client';
import { Confirm } from '../../app/Confirm';

interface Session {
  id: string;
  identity: string;
  address: string;
  began: string;
  used: string;
  current: boolean;
}
const root = '/api/v1/sessions';

/** Who is logged in from where, and the way to end it. */
export function Sessions() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ['sessions'],
    queryFn: async () =>
      (await get<{ sessions: Session[] }>(root)).sessions.toSorted(
        (a, b) => Number(b.current) - Number(a.current) || b.used.localeCompare(a.used),
      ),
    refetchInterval: 5000,
  });
  const [leaving, setLeaving] = useState<Session>();
  const end = async () => {
    await del(`${root}/${encodeURIComponent(leaving?.id ?? '')}`);
    await queries.invalidateQueries({ queryKey: ['sessions'] });
  };
  const time = (text: string) => new Date(text).toLocaleString();
  return (
    <section aria-label={t('sess.title')}>
      <h2>{t('sess.title')}</h2>
      {error && (
        <p role="alert" className="error">
          {error.message}
        </p>
      )}
      <ul className="panel rows scroll" tabIndex={0} aria-label={t('sess.title')}>
        {data?.map((s) => (
          <li key={s.id} className="bar row">
            <b>{s.identity}</b>
            <span>{s.address}</span>
            <span className="muted grow wrap">{t('sess.since', { began: time(s.began), used: time(s.used) })}</span>
            {s.current ? (
              <span className="muted">{t('sess.current')}</span>
            ) : (
              <Button variant="default" onClick={() => setLeaving(s)}>
                {t('sess.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {leaving && (
        <Confirm
          title={t('sess.endAsk', { name: leaving.identity, address: leaving.address })}
          act={end}
          close={() => setLeaving(undefined)}
        />
      )}
    </section>
  );
}
