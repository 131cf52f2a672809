import { Button, PasswordInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, get } from '../../api/client';
import { restart } from '../../api/restart';
import { Confirm } from '../../app/Confirm';

/** The gateway opens and checks the archive; it takes the state's place at the next start. */
async function take(archive: Blob, passphrase: string): Promise<void> {
  const headers = {
    'Content-Type': 'application/octet-stream',
    'Archive-Passphrase': encodeURIComponent(passphrase),
  };
  await answerOf('/api/v1/archive/_import', { method: 'POST', body: archive, headers });
}

/** Puts an archive in the place of this gateway's state, or says how a blank box takes one. */
export function ImportArchive() {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  const [asks, setAsks] = useState(false);
  const [said, setSaid] = useState('');
  const supervised = useQuery({
    queryKey: ['system', 'restart'],
    queryFn: async () => (await get<{ supervised: boolean }>('/api/v1/restart')).supervised,
  });
  const act = async () => {
    if (!file) return;
    await take(file, passphrase);
    await restart();
    setSaid(t('care.restarting'));
  };
  return (
    <section className="panel form" aria-label={t('arch.import')}>
      <h2>{t('arch.import')}</h2>
      <p>{t('arch.takeHelp')}</p>
      <div className="bar">
        <input
          ref={input}
          type="file"
          accept=".archive"
          hidden
          aria-label={t('arch.file')}
          onChange={(e) => setFile(e.currentTarget.files?.[0])}
        />
        <Button variant="default" onClick={() => input.current?.click()}>
          {t('arch.file')}
        </Button>
        <span className="wrap">{file?.name}</span>
      </div>
      <PasswordInput
        label={t('arch.itsPassphrase')}
        autoComplete="off"
        value={passphrase}
        onChange={(e) => setPassphrase(e.currentTarget.value)}
      />
      <div className="bar">
        <Button disabled={!file || !passphrase} onClick={() => setAsks(true)}>
          {t('arch.take')}
        </Button>
        <span role="status">{said}</span>
      </div>
      <p>{t('arch.importHelp')}</p>
      <pre className="wrap mono">
        bin/penstock --home /var/lib/penstock --restore gateway.archive --restore-passphrase-file passphrase.txt
      </pre>
      {asks && (
        <Confirm title={t('arch.takeAsk', { name: file?.name })} act={act} close={() => setAsks(false)}>
          <p>{t('arch.takeMeans')}</p>
          {supervised.data === false && <p className="error">{t('care.alone')}</p>}
        </Confirm>
      )}
    </section>
  );
}
