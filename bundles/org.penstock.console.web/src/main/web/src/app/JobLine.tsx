import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { cancelJob, type Job } from '../api/jobs';

/** A running job: how far it is, and the way to end it. */
export function JobLine({ job }: { job: Job | undefined }) {
  const { t } = useTranslation();
  if (!job || job.ended) return null;
  return (
    <div className="bar" role="status">
      <progress max={100} value={job.percent} aria-label={job.kind} />
      <span className="muted grow wrap">
        {job.kind} {job.percent} % {job.step}
      </span>
      <Button variant="default" onClick={() => void cancelJob(job.id).catch(() => undefined)}>
        {t('cancel')}
      </Button>
    </div>
  );
}
