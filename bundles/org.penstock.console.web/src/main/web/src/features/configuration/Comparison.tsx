import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { restore, useDifference } from './snapshots';

/** What differs between a snapshot and now, by component; the chosen ones can be taken back alone. */
export function Comparison({ id, done }: { id: number; done: (pids: string[]) => void }) {
  const { t } = useTranslation();
  const { data, error } = useDifference(id);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [failed, setFailed] = useState('');
  if (error) return <p className="error">{error.message}</p>;
  if (!data) return null;
  if (data.length === 0) return <p className="muted">{t('snap.same')}</p>;
  const pids = [...new Set(data.map((d) => d.pid))];
  const toggle = (pid: string) => {
    const next = new Set(chosen);
    if (!next.delete(pid)) next.add(pid);
    setChosen(next);
  };
  const part = () => {
    const wanted = pids.filter((pid) => chosen.has(pid));
    restore(id, wanted).then(
      () => done(wanted),
      (e: Error) => setFailed(e.message),
    );
  };
  return (
    <section aria-label={t('snap.diff')}>
      <p className="muted">{t('snap.differs', { count: data.length })}</p>
      {pids.map((pid) => (
        <div key={pid} className="compared">
          <Checkbox size="xs" label={pid} checked={chosen.has(pid)} onChange={() => toggle(pid)} />
          <dl className="figures">
            {data
              .filter((d) => d.pid === pid)
              .slice(0, 50)
              .map((d) => (
                <div key={d.key}>
                  <dt>{d.key || d.kind}</dt>
                  <dd>
                    {t('snap.then')} {d.before || '–'} · {t('snap.nowWord')} {d.after || '–'}
                  </dd>
                </div>
              ))}
          </dl>
        </div>
      ))}
      <div className="bar">
        <Button disabled={chosen.size === 0} onClick={part}>
          {t('snap.part')}
        </Button>
        {failed && (
          <span role="alert" className="error wrap">
            {failed}
          </span>
        )}
      </div>
    </section>
  );
}
