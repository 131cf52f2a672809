import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGateway } from '../../app/gateway';
import { StateTag } from '../../app/StateTag';
import { apply, useInstances, useRefresh } from '../configuration/api';
import { makeSample, removeSample, sample } from './sample';

const pid = 'org.penstock.core.gateway';
/** By how many seconds this browser's clock may differ before it is said. */
const tolerance = 5;

function Name() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data } = useGateway();
  const [name, setName] = useState<string>();
  const [said, setSaid] = useState<{ text: string; bad: boolean }>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    apply(pid, { name: { type: 'STRING', value: (name ?? '').trim() } }).then(
      () => {
        setSaid({ text: t('conf.applied'), bad: false });
        void queries.invalidateQueries({ queryKey: ['gateway'] });
      },
      (e: Error) => setSaid({ text: e.message, bad: true }),
    );
  };
  return (
    <form className="panel form" onSubmit={submit} aria-label={t('start.name')}>
      <h2>{t('start.name')}</h2>
      <TextInput
        label={t('start.gatewayName')}
        description={t('start.nameHelp')}
        maxLength={64}
        value={name ?? data?.name ?? ''}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <div className="bar">
        <Button type="submit" disabled={name === undefined}>
          {t('apply')}
        </Button>
        <span role="status" className={said?.bad ? 'error wrap' : 'muted'}>
          {said?.text}
        </span>
      </div>
    </form>
  );
}

/** The gateway's clock: it is set by the operating system, so it is only looked at. */
function Time() {
  const { t } = useTranslation();
  const { data, dataUpdatedAt } = useGateway(1000);
  if (!data) return null;
  const apart = Math.round((Date.parse(data.time) - dataUpdatedAt) / 1000);
  const local = (time: string) => {
    try {
      return new Date(time).toLocaleString(undefined, { timeZone: data.zone });
    } catch {
      return new Date(time).toLocaleString(); // a zone that this browser does not know
    }
  };
  return (
    <section className="panel form" aria-label={t('time')}>
      <h2>{t('time')}</h2>
      <dl className="figures">
        <div>
          <dt>{t('start.clock')}</dt>
          <dd>{local(data.time)}</dd>
        </div>
        <div>
          <dt>{t('start.zone')}</dt>
          <dd>{data.zone}</dd>
        </div>
        <div>
          <dt>{t('start.trusted')}</dt>
          <dd>{data.trusted ? t('start.yes') : <StateTag state="warn" />}</dd>
        </div>
        <div>
          <dt>{t('start.synchronised')}</dt>
          <dd>{data.synchronised ? local(data.synchronised) : t('start.notSeen')}</dd>
        </div>
      </dl>
      {!data.trusted && <p className="error">{t('start.untrusted')}</p>}
      {Math.abs(apart) > tolerance && <p className="error">{t('start.apart', { count: Math.abs(apart) })}</p>}
      <p className="muted">{t('start.timeHelp')}</p>
    </section>
  );
}

function Sample() {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const queries = useQueryClient();
  const { data = [] } = useInstances();
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<string[]>([]);
  const [said, setSaid] = useState<{ text: string; bad: boolean }>();
  const names: string[] = [sample.driver, sample.asset, sample.rule, sample.flow];
  const there = new Set(data.map((i) => i.pid).filter((p) => names.includes(p)));
  const during = (work: Promise<unknown>, words: string) => {
    setBusy(true);
    setSaid(undefined);
    work
      .then(
        () => setSaid({ text: words, bad: false }),
        (e: Error) => setSaid({ text: e.message, bad: true }),
      )
      .finally(() => {
        setBusy(false);
        setMade([]);
        refresh();
        void queries.invalidateQueries();
      });
  };
  const make = () => {
    const words = { snapshot: t('start.before'), message: t('start.alarm') };
    during(
      makeSample(words, (one) => setMade((all) => [...all, one])),
      t('start.made'),
    );
  };
  return (
    <section className="panel form" aria-label={t('start.sample')}>
      <h2>{t('start.sample')}</h2>
      <p>{t('start.sampleHelp')}</p>
      <ul>
        <li>{t('start.ofTank', { driver: sample.driver, asset: sample.asset })}</li>
        <li>{t('start.ofRule', { rule: sample.rule })}</li>
        <li>{t('start.ofFlow', { flow: sample.flow })}</li>
      </ul>
      <p className="muted">{t('start.undo')}</p>
      <div className="bar">
        <Button loading={busy} disabled={there.size > 0} onClick={make}>
          {t('start.make')}
        </Button>
        <Button
          variant="default"
          disabled={busy || there.size === 0}
          onClick={() => during(removeSample(there), t('start.removed'))}
        >
          {t('start.remove')}
        </Button>
        {there.has(sample.asset) && (
          <>
            <Link to="/tags" search={{ q: sample.asset }}>
              {t('nav.tags')}
            </Link>
            <Link to="/rules" search={{ pid: sample.rule }}>
              {t('nav.rules')}
            </Link>
            <Link to="/flows" search={{ graph: sample.flow }}>
              {t('nav.flows')}
            </Link>
          </>
        )}
      </div>
      <p role="status" className={said?.bad ? 'error wrap' : 'muted'}>
        {busy ? made.join(', ') : said?.text}
      </p>
    </section>
  );
}

/** What is to be done once: name, time, and a sample to look at. */
export function StartPage() {
  const { t } = useTranslation();
  return (
    <>
      <div className="bar">
        <h1 className="grow">{t('start.title')}</h1>
        <Link className="asbutton" to="/">
          {t('start.done')}
        </Link>
      </div>
      <p className="muted">{t('start.help')}</p>
      <Name />
      <Time />
      <Sample />
    </>
  );
}
