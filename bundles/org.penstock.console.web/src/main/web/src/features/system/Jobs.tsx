import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { cancelJob, jobs } from '../../api/jobs';

/** Long work: what runs, how the last ones ended; running ones can be cancelled. */
export function Jobs() {
  const { t } = useTranslation();
  const { data } = useQuery({ queryKey: ['jobs'], queryFn: jobs, refetchInterval: 2000 });
  return (
    <section aria-label={t('sys.jobs')}>
      <h2>{t('sys.jobs')}</h2>
      {data?.length === 0 && <p className="muted">{t('pack.none')}</p>}
      <ul className="panel rows">
        {data?.map((job) => (
          <li key={job.id} className="bar row">
            <b>{job.kind}</b>
            <span className="muted">{job.owner}</span>
            <span className={job.state === 'FAILED' ? 'error' : ''}>{job.state}</span>
            <span className="muted grow wrap">{job.ended ? job.step : `${job.percent} % ${job.step}`}</span>
            <span className="muted">{new Date(job.began).toLocaleString()}</span>
            {!job.ended && (
              <Button variant="default" onClick={() => void cancelJob(job.id)}>
                {t('cancel')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
