import { Button, PasswordInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, save } from '../../api/client';
import { useGateway } from '../../app/gateway';
import { ImportArchive } from './ImportArchive';

/** Shortest passphrase, as the gateway wants it. */
const least = 12;

async function archive(passphrase: string): Promise<Blob> {
  const headers = { Accept: 'application/octet-stream', 'Content-Type': 'application/json' };
  const body = JSON.stringify({ passphrase });
  return (await answerOf('/api/v1/archive', { method: 'POST', body, headers })).blob();
}

/** The whole gateway as one sealed file, and the way back. */
export function ArchivePage() {
  const { t } = useTranslation();
  const { data } = useGateway();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ text: string; bad: boolean }>();
  const short = passphrase !== '' && passphrase.length < least;
  const differs = again !== '' && again !== passphrase;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setSaid(undefined);
    archive(passphrase)
      .then(
        (file) => {
          const name = (data?.name ?? 'gateway').replace(/[^\w.-]+/g, '-');
          save(file, `${name}-${new Date().toISOString().slice(0, 10)}.archive`);
          setPassphrase('');
          setAgain('');
          setSaid({ text: t('arch.done'), bad: false });
        },
        (e: Error) => setSaid({ text: e.message, bad: true }),
      )
      .finally(() => setBusy(false));
  };
  return (
    <>
      <Link to="/configuration" search={{}}>
        ‹ {t('nav.configuration')}
      </Link>
      <h1>{t('arch.title')}</h1>
      <form className="panel form" onSubmit={submit} aria-label={t('arch.export')}>
        <h2>{t('arch.export')}</h2>
        <p>{t('arch.help')}</p>
        <PasswordInput
          label={t('arch.passphrase')}
          autoComplete="new-password"
          value={passphrase}
          error={short && t('arch.least', { least })}
          onChange={(e) => setPassphrase(e.currentTarget.value)}
        />
        <PasswordInput
          label={t('arch.again')}
          autoComplete="new-password"
          value={again}
          error={differs && t('arch.differs')}
          onChange={(e) => setAgain(e.currentTarget.value)}
        />
        <div className="bar">
          <Button type="submit" loading={busy} disabled={passphrase.length < least || again !== passphrase}>
            {t('conf.download')}
          </Button>
          <span role="status" className={said?.bad ? 'error wrap' : 'muted'}>
            {said?.text}
          </span>
        </div>
      </form>
      <ImportArchive />
    </>
  );
}
