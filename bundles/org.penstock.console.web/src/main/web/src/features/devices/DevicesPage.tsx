import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { get } from '../../api/client';
import { jobKinds } from '../../api/jobs';
import { StateTag } from '../../app/StateTag';
import { type SourceState, tag, useHealth } from '../overview/health';
import { Frames } from './Frames';
import { family } from './guide';
import { type Branch, stateOf, tree } from './tree';

interface Plant {
  drivers: { pid: string; factoryPid: string }[];
  assets: { pid: string; driver: string }[];
}

async function plant(): Promise<Plant> {
  const [{ components }, { assets }] = await Promise.all([
    get<{ components: Plant['drivers'] }>('/services/wire/v1/drivers/pids'),
    get<{ assets: Plant['assets'] }>('/api/v1/assets'),
  ]);
  return { drivers: components, assets };
}

const none: string[] = [];
/** What is shown of a driver and of an asset, by the figures of its health. */
const driverFigures = [
  ['link', 'dev.link'],
  ['roundtrip.median.ms', 'dev.trip'],
  ['roundtrip.p99.ms', 'dev.trip99'],
  ['line.utilisation.percent', 'dev.busy'],
  ['requests.asked', 'dev.asked'],
  ['requests.achieved', 'dev.achieved'],
] as const;
const assetFigures = [
  ['polls.asked', 'dev.pollsAsked'],
  ['polls.achieved', 'dev.pollsAchieved'],
  ['polls.missed', 'dev.pollsMissed'],
  ['values.failed', 'dev.valuesFailed'],
] as const;

interface FiguresProps {
  state: SourceState | undefined;
  chosen: typeof driverFigures | typeof assetFigures;
}

function Figures({ state, chosen }: FiguresProps) {
  const { t } = useTranslation();
  const words = chosen.flatMap(([key, text]) => {
    const n = state?.figures[key];
    return n === undefined ? [] : [t(text, { n })];
  });
  return words.length > 0 && <p className="muted device">{words.join(' · ')}</p>;
}

function Line({ pid, kind, state }: { pid: string; kind: string; state: SourceState | undefined }) {
  const { t } = useTranslation();
  return (
    <div className="bar device">
      <Link to="/configuration" search={{ pid }}>
        <b>{pid}</b>
      </Link>
      <span className="muted wrap">{kind}</span>
      {state && <StateTag state={tag[state.level]} />}
      {state?.reason && <span className="wrap">{state.reason}</span>}
      {state && state.level !== 'OK' && (
        <span className="muted">{t('since', { time: new Date(state.since).toLocaleString() })}</span>
      )}
    </div>
  );
}

interface DriverProps {
  branch: Branch;
  states: Record<string, SourceState>;
  /** Kinds of jobs that the gateway knows. */
  kinds: readonly string[];
}

function Driver({ branch, states, kinds }: DriverProps) {
  const { t } = useTranslation();
  const state = stateOf(states, 'driver', branch.pid);
  const frames = `${family(branch.factoryPid)}.frames`;
  return (
    <li className="panel">
      <Line pid={branch.pid || t('dev.none')} kind={branch.factoryPid} state={state} />
      <Figures state={state} chosen={driverFigures} />
      {kinds.includes(frames) && <Frames driver={branch.pid} kind={frames} />}
      <ul>
        {branch.assets.map((asset) => {
          const own = stateOf(states, 'field', asset);
          return (
            <li key={asset}>
              <Line pid={asset} kind={t('dev.asset')} state={own} />
              <Figures state={own} chosen={assetFigures} />
              <p className="device">
                <Link to="/tags" search={{ q: asset }}>
                  {t('dev.channels')}
                </Link>
              </p>
            </li>
          );
        })}
      </ul>
    </li>
  );
}

/** Drivers with their assets; state with reason and since when. */
export function DevicesPage() {
  const { t } = useTranslation();
  const { data, error } = useQuery({ queryKey: ['plant'], queryFn: plant, refetchInterval: 10_000 });
  const health = useHealth();
  const { data: kinds = none } = useQuery({ queryKey: ['jobs', 'kinds'], queryFn: jobKinds, retry: false });
  return (
    <>
      <div className="bar">
        <h1 className="grow">{t('nav.devices')}</h1>
        <Link className="asbutton" to="/devices/new">
          {t('guide.title')}
        </Link>
      </div>
      {error && <p role="alert">{error.message}</p>}
      {data && data.drivers.length + data.assets.length === 0 && <p>{t('dev.empty')}</p>}
      <ul className="tree">
        {data &&
          tree(data.drivers, data.assets).map((branch) => (
            <Driver key={branch.pid} branch={branch} states={health.data?.states ?? {}} kinds={kinds} />
          ))}
      </ul>
    </>
  );
}
