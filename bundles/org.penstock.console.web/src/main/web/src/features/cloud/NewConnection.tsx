import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Job, JobError, useJob } from '../../api/jobs';
import { JobLine } from '../../app/JobLine';
import { StateTag } from '../../app/StateTag';
import { type Broker, setUp, testArguments, useFactories } from './api';

const empty: Broker = { url: '', client: '', account: '', user: '', password: '' };

interface Step {
  step: string;
  ok: boolean;
  detail: string;
}

const steps = (job: Job): Step[] => (Array.isArray(job.result) ? (job.result as Step[]) : []);

/** A connection on one page: broker, test step by step, then made and connected. */
export function NewConnection({ done }: { done: () => void }) {
  const { t } = useTranslation();
  const { data } = useFactories();
  const factories = data?.cloudConnectionFactories ?? [];
  const [factory, setFactory] = useState('');
  const [pid, setPid] = useState('');
  const [broker, setBroker] = useState(empty);
  const [tested, setTested] = useState<Step[]>([]);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const { job, run } = useJob();
  const choose = (next: string) => {
    setFactory(next);
    setPid(factories.find((f) => f.cloudConnectionFactoryPid === next)?.defaultCloudEndpointPid ?? '');
  };
  const during = (work: Promise<unknown>) => {
    setBusy(true);
    setError('');
    work.catch((e: Error) => setError(e.message)).finally(() => setBusy(false));
  };
  const test = () => {
    setTested([]);
    during(
      run('cloud.test', testArguments(broker)).then(
        (end) => setTested(steps(end)),
        (e: Error) => {
          if (e instanceof JobError) setTested(steps(e.job));
          throw e;
        },
      ),
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    during(
      setUp(factory, pid, broker).then(() => {
        choose('');
        setBroker(empty);
        setTested([]);
        done();
      }),
    );
  };
  const field = (key: 'url' | 'client' | 'account' | 'user', placeholder = '') => (
    <TextInput
      label={t(`cloud.broker.${key}`)}
      placeholder={placeholder}
      value={broker[key]}
      onChange={(e) => setBroker({ ...broker, [key]: e.currentTarget.value })}
    />
  );
  return (
    <form className="panel form" onSubmit={submit} aria-label={t('cloud.new')}>
      <h2>{t('cloud.new')}</h2>
      <NativeSelect
        label={t('conf.factory')}
        value={factory}
        data={['', ...factories.map((f) => f.cloudConnectionFactoryPid)]}
        onChange={(e) => choose(e.currentTarget.value)}
      />
      <TextInput label={t('conf.pid')} value={pid} onChange={(e) => setPid(e.currentTarget.value)} />
      {field('url', 'mqtts://broker.example:8883')}
      {field('client')}
      {field('account')}
      {field('user')}
      <PasswordInput
        label={t('login.password')}
        autoComplete="new-password"
        value={broker.password}
        onChange={(e) => setBroker({ ...broker, password: e.currentTarget.value })}
      />
      <JobLine job={job} />
      {tested.length > 0 && (
        <ol className="rows" aria-label={t('cloud.steps')}>
          {tested.map((s) => (
            <li key={s.step} className="bar row">
              <b>{s.step}</b>
              <StateTag state={s.ok ? 'ok' : 'alarm'} />
              <span className="wrap">{s.detail}</span>
            </li>
          ))}
        </ol>
      )}
      {error && (
        <p role="alert" className="error wrap">
          {error}
        </p>
      )}
      <div className="bar">
        <Button variant="default" loading={busy} disabled={!broker.url} onClick={test}>
          {t('cloud.test')}
        </Button>
        <Button type="submit" loading={busy} disabled={!factory || !pid}>
          {t('cloud.setUp')}
        </Button>
      </div>
    </form>
  );
}
