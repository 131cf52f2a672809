import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Job, JobError, runJob } from '../../api/jobs';
import { Confirm } from '../../app/Confirm';
import { JobLine } from '../../app/JobLine';
import { type Outcome, useCodecs } from './api';

interface Props {
  pid: string;
  done: (said: string) => void;
  close: () => void;
}

/** A table of The Things Stack's or ChirpStack's form: tried first, each fault at its row, then taken in, as a job. */
export function ImportDevices({ pid, done, close }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data = [] } = useCodecs(pid);
  const input = useRef<HTMLInputElement>(null);
  const [csv, setCsv] = useState('');
  const [codec, setCodec] = useState('raw');
  const [job, setJob] = useState<Job>();
  const [outcome, setOutcome] = useState<Outcome>();
  const [error, setError] = useState('');
  const run = async (dryRun: boolean) => {
    setError('');
    try {
      const ended = await runJob('lorawan.import', { driver: pid, csv, codec, dryRun: `${dryRun}` }, setJob);
      return ended.result as Outcome;
    } catch (e) {
      if (e instanceof JobError && e.job.result) setOutcome(e.job.result as Outcome);
      throw e;
    }
  };
  const look = () => run(true).then(setOutcome, (e: Error) => setError(e.message));
  const act = async () => {
    const taken = await run(false);
    await queries.invalidateQueries({ queryKey: ['lorawan'] });
    done(t('lora.taken', { ...taken }));
  };
  const take = (text: string) => {
    setCsv(text);
    setOutcome(undefined);
  };
  return (
    <Confirm title={t('lora.import')} act={act} close={close}>
      <p className="muted">{t('lora.importHelp')}</p>
      <Textarea
        className="code"
        label={t('tags.paste')}
        rows={6}
        spellCheck={false}
        value={csv}
        onChange={(e) => take(e.currentTarget.value)}
      />
      <NativeSelect
        label={t('lora.codec')}
        value={codec}
        data={[...new Set(['raw', ...data.map((c) => c.name)])]}
        onChange={(e) => setCodec(e.currentTarget.value)}
      />
      <div className="bar">
        <input
          ref={input}
          type="file"
          accept=".csv,.txt"
          hidden
          aria-label={t('tags.file')}
          onChange={(e) => void e.currentTarget.files?.[0]?.text().then(take)}
        />
        <Button variant="default" onClick={() => input.current?.click()}>
          {t('tags.file')}
        </Button>
        <span className="grow" />
        <Button variant="default" disabled={!csv} onClick={() => void look()}>
          {t('tags.dryRun')}
        </Button>
      </div>
      <JobLine job={job} />
      {error && (
        <p role="alert" className="error">
          {error}
        </p>
      )}
      {outcome && (
        <section aria-label={t('tags.report')} role="status">
          <p>{t('lora.would', { ...outcome })}</p>
          <ul className="log" tabIndex={outcome.faults.length > 0 ? 0 : undefined}>
            {outcome.faults.map((f) => (
              <li key={`${f.row} ${f.column}`} className="error">
                {t('lora.fault', { ...f })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Confirm>
  );
}
