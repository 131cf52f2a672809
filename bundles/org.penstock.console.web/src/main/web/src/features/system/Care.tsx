import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, get, save } from '../../api/client';
import { restart } from '../../api/restart';
import { Confirm } from '../../app/Confirm';
import { useGateway } from '../../app/gateway';

async function supportBundle(): Promise<void> {
  const headers = { Accept: 'application/octet-stream' };
  const answer = await answerOf('/api/v1/support-bundle', { method: 'POST', headers });
  const name = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1];
  save(await answer.blob(), name ?? 'support.zip');
}

/** Version and start; the way to restart, and what to send to who helps. Administrators only. */
export function Care() {
  const { t } = useTranslation();
  const { data } = useGateway();
  const supervised = useQuery({
    queryKey: ['system', 'restart'],
    queryFn: async () => (await get<{ supervised: boolean }>('/api/v1/restart')).supervised,
  });
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ text: string; bad: boolean }>();
  const collect = () => {
    setBusy(true);
    setSaid(undefined);
    supportBundle()
      .then(
        () => setSaid({ text: t('care.collected'), bad: false }),
        (e: Error) => setSaid({ text: e.message, bad: true }),
      )
      .finally(() => setBusy(false));
  };
  const begin = async () => {
    await restart();
    setSaid({ text: t('care.restarting'), bad: false });
  };
  return (
    <section className="panel form" aria-label={t('care.title')}>
      <h2>{t('care.title')}</h2>
      <p>{data && t('care.since', { ...data, time: new Date(data.started).toLocaleString() })}</p>
      <div className="bar">
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('care.restart')}
        </Button>
        <Button variant="default" loading={busy} onClick={collect}>
          {t('care.bundle')}
        </Button>
        <Link to="/start">{t('start.title')}</Link>
      </div>
      <p className="muted">{t('care.bundleHelp')}</p>
      <p role="status" className={said?.bad ? 'error wrap' : ''}>
        {said?.text}
      </p>
      {asking && (
        <Confirm title={t('care.restartAsk')} act={begin} close={() => setAsking(false)}>
          <p>{t('care.restartHelp')}</p>
          {supervised.data === false && <p className="error">{t('care.alone')}</p>}
        </Confirm>
      )}
    </section>
  );
}
