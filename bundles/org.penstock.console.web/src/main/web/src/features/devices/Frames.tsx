import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useJob } from '../../api/jobs';
import { JobLine } from '../../app/JobLine';

interface Frame {
  at: string;
  sent: boolean;
  hex: string;
  text: string;
}
const seconds = '5';

/** Listens in to a driver's link for some seconds; shown are the raw frames with what they mean. */
export function Frames({ driver, kind }: { driver: string; kind: string }) {
  const { t } = useTranslation();
  const { job, run } = useJob();
  const [frames, setFrames] = useState<Frame[]>();
  const [error, setError] = useState('');
  const listen = () => {
    setError('');
    run(kind, { driver, seconds }).then(
      (end) => setFrames((end.result as { frames?: Frame[] } | undefined)?.frames ?? []),
      (e: Error) => setError(e.message),
    );
  };
  return (
    <div className="device">
      <div className="bar">
        <Button
          variant="default"
          disabled={job !== undefined}
          onClick={listen}
          aria-label={`${t('dev.frames')} ${driver}`}
        >
          {t('dev.frames')}
        </Button>
        {error && (
          <span role="alert" className="error wrap">
            {error}
          </span>
        )}
        {frames?.length === 0 && <span className="muted">{t('dev.silent')}</span>}
      </div>
      <JobLine job={job} />
      {frames && frames.length > 0 && (
        <ol className="panel log" tabIndex={0} aria-label={`${t('dev.frames')} ${driver}`}>
          {frames.map((f, i) => (
            <li key={`${f.at} ${i}`}>
              {f.at.slice(11, 23)} {f.sent ? '→' : '←'} {f.hex} <span className="muted">{f.text}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
