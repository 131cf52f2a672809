import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { del, get, post } from '../../api/client';
import { Confirm } from '../../app/Confirm';
import { StateTag } from '../../app/StateTag';

interface Entry {
  alias: string;
  keystoreServicePid: string;
  type: string;
  subjectDN?: string;
  expirationDate?: number;
}
const root = '/services/keystores/v2';
const soon = 30 * 86_400_000;

/** Keys and trusted certificates of all key stores, with their ends. */
export function Keys() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const stores = useQuery({
    queryKey: ['keys', 'stores'],
    queryFn: () => get<{ id: string }[]>(root),
  });
  const entries = useQuery({ queryKey: ['keys', 'entries'], queryFn: () => get<Entry[]>(`${root}/entries`) });
  const [store, setStore] = useState('');
  const [alias, setAlias] = useState('');
  const [certificate, setCertificate] = useState('');
  const [leaving, setLeaving] = useState<Entry>();
  const [said, setSaid] = useState('');
  const pids = (stores.data ?? []).map((s) => s.id);
  const refresh = () => void queries.invalidateQueries({ queryKey: ['keys'] });
  const trust = (event: FormEvent) => {
    event.preventDefault();
    setSaid('');
    post(`${root}/entries/certificate`, { keystoreServicePid: store || pids[0], alias, certificate }).then(
      () => {
        setAlias('');
        setCertificate('');
        refresh();
      },
      (e: Error) => setSaid(e.message),
    );
  };
  const drop = async () => {
    await del(`${root}/entries`, { keystoreServicePid: leaving?.keystoreServicePid, alias: leaving?.alias });
    refresh();
  };
  const ends = (e: Entry) => e.expirationDate !== undefined && e.expirationDate - Date.now() < soon;
  return (
    <section aria-label={t('sec.keys')}>
      <h2>{t('sec.keys')}</h2>
      {(entries.error || said) && (
        <p role="alert" className="error wrap">
          {entries.error?.message ?? said}
        </p>
      )}
      <ul className="panel rows">
        {entries.data?.map((e) => (
          <li key={`${e.keystoreServicePid} ${e.alias}`} className="bar row">
            <b className="wrap">{e.alias}</b>
            <span className="muted">{e.type}</span>
            <span className="muted grow wrap">
              {e.subjectDN} ({e.keystoreServicePid})
            </span>
            {ends(e) && <StateTag state="warn" />}
            {e.expirationDate && (
              <span className="muted">{t('sec.until', { time: new Date(e.expirationDate).toLocaleDateString() })}</span>
            )}
            <Button variant="default" onClick={() => setLeaving(e)}>
              {t('conf.delete')}
            </Button>
          </li>
        ))}
      </ul>
      {pids.length > 0 && (
        <form className="panel form" onSubmit={trust} aria-label={t('sec.trust')}>
          <h3>{t('sec.trust')}</h3>
          <NativeSelect
            label={t('sec.store')}
            value={store || pids[0] || ''}
            data={pids}
            onChange={(e) => setStore(e.currentTarget.value)}
          />
          <TextInput label={t('name')} value={alias} onChange={(e) => setAlias(e.currentTarget.value)} />
          <Textarea
            className="code"
            label={t('sec.certificate')}
            rows={4}
            value={certificate}
            onChange={(e) => setCertificate(e.currentTarget.value)}
          />
          <div className="bar">
            <Button type="submit" variant="default" disabled={!alias || !certificate}>
              {t('sec.trust')}
            </Button>
          </div>
        </form>
      )}
      {leaving && (
        <Confirm title={t('conf.deleteAsk', { pid: leaving.alias })} act={drop} close={() => setLeaving(undefined)} />
      )}
    </section>
  );
}
