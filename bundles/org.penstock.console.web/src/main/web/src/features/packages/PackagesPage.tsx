import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { del, get, upload } from '../../api/client';
import { Confirm } from '../../app/Confirm';
import { StateTag } from '../../app/StateTag';

interface Installed {
  name: string;
  version: string;
  signer?: string;
  since?: string;
  origin?: { who: string; from: string };
}
interface Outcome {
  action: string;
  name: string;
  version?: string;
  origin?: { who: string; from: string };
  ended?: string;
  result: string;
  reason?: string;
}
interface Job {
  id: number;
  subject: string;
  state: string;
  progress: number;
  total: number;
  outcome?: Outcome;
}
/** How far an upload or the work after it is; without percent it is not known. */
interface Step {
  name: string;
  working: boolean;
  percent?: number;
}
interface Bundle {
  name: string;
  version: string;
  id: number;
  state: string;
}
const root = '/api/v1/packages';

async function ended(job: Job, look: (job: Job) => void = () => undefined): Promise<Outcome> {
  let now = job;
  while (!now.outcome) {
    look(now);
    await new Promise((resume) => setTimeout(resume, 500));
    now = await get<Job>(`${root}/_jobs/${job.id}`);
  }
  return now.outcome;
}

async function install(file: File, look: (step: Step) => void): Promise<Outcome> {
  const path = `${root}?file=${encodeURIComponent(file.name)}`;
  const { name } = file;
  const job = await upload<Job>(path, file, (percent) => look({ name, working: false, percent }));
  return ended(job, ({ progress, total }) =>
    look({ name, working: true, ...(total > 0 ? { percent: Math.round((100 * progress) / total) } : {}) }),
  );
}

function Upload({ done }: { done: () => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState<Step>();
  const [said, setSaid] = useState<{ text: string; bad: boolean }[]>([]);
  const take = async (files: FileList | null) => {
    setSaid([]);
    for (const file of files ?? []) {
      setBusy({ name: file.name, working: false, percent: 0 });
      const line = await install(file, setBusy).then(
        (o) => ({ text: `${file.name}: ${o.result} ${o.reason ?? ''}`, bad: o.result !== 'DONE' }),
        (e: Error) => ({ text: `${file.name}: ${e.message}`, bad: true }),
      );
      setSaid((lines) => [...lines, line]);
      done();
    }
    setBusy(undefined);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files);
  };
  return (
    <section
      className="panel drop"
      data-over={over}
      aria-label={t('pack.upload')}
      onDragOver={(e) => {
        e.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        ref={input}
        type="file"
        accept=".jar,.dp"
        multiple
        hidden
        aria-label={t('pack.choose')}
        onChange={(e) => void take(e.currentTarget.files)}
      />
      <p>{t('pack.drop')}</p>
      <Button loading={busy !== undefined} onClick={() => input.current?.click()}>
        {t('pack.choose')}
      </Button>
      <div role="status">
        {busy && (
          <p className="bar">
            <progress
              max={100}
              {...(busy.percent === undefined ? {} : { value: busy.percent })}
              aria-label={busy.name}
            />
            {t(busy.working ? 'pack.busy' : 'pack.sends', { name: busy.name })}
          </p>
        )}
        {said.map((line) => (
          <p key={line.text} className={line.bad ? 'error wrap' : 'wrap'}>
            {line.text}
          </p>
        ))}
      </div>
    </section>
  );
}

function Journal({ lines }: { lines: Outcome[] }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('pack.journal')}>
      <h2>{t('pack.journal')}</h2>
      <ul className="panel rows">
        {lines.map((o) => (
          <li key={`${o.ended}${o.name}`} className="bar row">
            <b>{o.name}</b>
            <span>
              {o.version} {o.action}
            </span>
            {o.result === 'DONE' ? <span className="muted">{o.result}</span> : <StateTag state="warn" />}
            <span className="wrap">{o.reason}</span>
            <span className="muted">
              {o.origin?.who} {o.ended && new Date(o.ended).toLocaleString()}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is installed, and how it came there. */
export function PackagesPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const packages = useQuery({ queryKey: ['packages', 'installed'], queryFn: () => get<Installed[]>(root) });
  const journal = useQuery({ queryKey: ['packages', 'journal'], queryFn: () => get<Outcome[]>(`${root}/_journal`) });
  const bundles = useQuery({
    queryKey: ['packages', 'bundles'],
    queryFn: async () => (await get<{ bundles: Bundle[] }>('/services/inventory/v1/bundles')).bundles,
  });
  const [leaving, setLeaving] = useState('');
  const refresh = () => void queries.invalidateQueries({ queryKey: ['packages'] });
  const error = packages.error ?? journal.error ?? bundles.error;
  const uninstall = async () => {
    const outcome = await ended(await del<Job>(`${root}/${encodeURIComponent(leaving)}`));
    refresh();
    if (outcome.result !== 'DONE') throw new Error(outcome.reason ?? outcome.result);
  };
  return (
    <>
      <h1>{t('nav.packages')}</h1>
      {error && <p role="alert">{error.message}</p>}
      <Upload done={refresh} />
      <section aria-label={t('pack.installed')}>
        <h2>{t('pack.installed')}</h2>
        {packages.data?.length === 0 && <p>{t('pack.none')}</p>}
        <ul className="panel rows">
          {packages.data?.map((p) => (
            <li key={p.name} className="bar row">
              <b>{p.name}</b>
              <span>{p.version}</span>
              <span className="muted grow wrap">{p.signer}</span>
              <Button variant="default" onClick={() => setLeaving(p.name)}>
                {t('pack.uninstall')}
              </Button>
            </li>
          ))}
        </ul>
      </section>
      {journal.data && journal.data.length > 0 && <Journal lines={journal.data} />}
      <section aria-label={t('pack.bundles')}>
        <h2>{t('pack.bundles')}</h2>
        <ul className="panel rows">
          {bundles.data?.map((b) => (
            <li key={b.id} className="bar row">
              <span className="muted num">{b.id}</span>
              <span className="grow wrap">{b.name}</span>
              <span className="muted">{b.version}</span>
              <span className={b.state === 'ACTIVE' || b.state === 'RESOLVED' ? 'muted' : 'error'}>{b.state}</span>
            </li>
          ))}
        </ul>
      </section>
      {leaving && (
        <Confirm title={t('pack.uninstallAsk', { name: leaving })} act={uninstall} close={() => setLeaving('')} />
      )}
    </>
  );
}
