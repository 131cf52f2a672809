import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, get, post, save } from '../../api/client';
import { Confirm } from '../../app/Confirm';
import { useGateway } from '../../app/gateway';

const pause = (ms: number) => new Promise((resume) => setTimeout(resume, ms));

/** The page and the login are there: at a start other things answer before them. */
async function serves(): Promise<boolean> {
  try {
    for (const path of ['/console/', '/services/session/v1/authenticationInfo']) {
      const answer = await fetch(path, { signal: AbortSignal.timeout(5000), cache: 'no-store' });
      if (!answer.ok) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** Waits until the gateway has gone and come back. */
async function away(): Promise<void> {
  for (let i = 0; i < 60 && (await serves()); i++) await pause(250);
  for (let i = 0; i < 600 && !(await serves()); i++) await pause(500);
}

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
  const restart = async () => {
    await post('/api/v1/restart', { confirm: true });
    setSaid({ text: t('care.restarting'), bad: false });
    void away().then(() => location.reload());
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
        <Confirm title={t('care.restartAsk')} act={restart} close={() => setAsking(false)}>
          <p>{t('care.restartHelp')}</p>
          {supervised.data === false && <p className="error">{t('care.alone')}</p>}
        </Confirm>
      )}
    </section>
  );
}
