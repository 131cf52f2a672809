import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '../../api/client';
import { changeOf } from './changes';

interface Line {
  number: number;
  at: string;
  message: string;
}
const shown = 8;

/** What changed lately, and by whom, the newest first; all of it stands in the audit log. */
export function Changes() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['audit', 'changes'],
    queryFn: async () => (await get<{ lines: Line[] }>('/api/v1/logs?q=AuditLogger&limit=200')).lines,
    refetchInterval: 5000,
  });
  const changes = (data ?? []).flatMap((line) => {
    const change = changeOf(line.message);
    return change ? [{ ...change, ...line }] : [];
  });
  return (
    <section aria-label={t('changedLately')}>
      <h2>{t('changedLately')}</h2>
      {data && changes.length === 0 && <p className="muted">{t('pack.none')}</p>}
      <ol className="panel rows" aria-label={t('changedLately')}>
        {changes.slice(0, shown).map((c) => (
          <li key={c.number} className="row bar">
            <span className="num muted">{new Date(c.at).toLocaleString()}</span>
            <b>{c.who}</b>
            <span className="wrap grow">{c.what}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
