import { Button, NativeSelect } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useJob } from '../../api/jobs';
import { mayAny } from '../../api/session';
import { JobLine } from '../../app/JobLine';
import { useSession } from '../../app/SessionGate';
import { StateTag } from '../../app/StateTag';
import { type Network, useNetworks } from './api';
import { Devices } from './Devices';
import { InstallCodeBox } from './InstallCodeBox';
import { Joining } from './Joining';
import { NetworkMap } from './NetworkMap';
import './zigbee.css';

/** What the network is, as far as the stick has told. */
function Facts({ network }: { network: Network }) {
  const { t } = useTranslation();
  const facts = [
    [t('zb.channel'), network.channel],
    ['PAN', typeof network.panId === 'number' ? `0x${network.panId.toString(16).padStart(4, '0')}` : null],
    [t('zb.coordinator'), network.coordinator],
    [t('zb.firmware'), network.firmware],
  ].filter(([, value]) => value !== null && value !== undefined);
  return (
    <>
      {facts.map(([name, value]) => (
        <span key={name}>
          <span className="muted">{name}</span> <span className="mono wrap">{value}</span>
        </span>
      ))}
    </>
  );
}

function Shown({ network }: { network: Network }) {
  const { t } = useTranslation();
  const { identity } = useSession();
  const { pid } = network;
  const [box, setBox] = useState(false);
  const [said, setSaid] = useState<{ text: string; bad: boolean }>();
  const { job, run } = useJob();
  const mayChange = mayAny(identity, ['rest.configuration']);
  const backUp = () => {
    setSaid(undefined);
    run(`zigbee.backup:${pid}`, {})
      .then((end) => setSaid({ text: t('zb.backedUp', { ...(end.result as { file: string }) }), bad: false }))
      .catch((e: Error) => setSaid({ text: e.message, bad: true }));
  };
  return (
    <>
      <div className="bar">
        <StateTag state={network.state === 'ONLINE' ? 'ok' : 'warn'} />
        <Facts network={network} />
        <span className="muted grow wrap">{network.reason}</span>
        {mayChange && (
          <>
            <Button variant="default" disabled={job !== undefined && !job.ended} onClick={backUp}>
              {t('zb.backup')}
            </Button>
            <Button variant="default" onClick={() => setBox(true)}>
              {t('zb.code')}
            </Button>
          </>
        )}
      </div>
      {network.ignoredSettings && <p className="warning wrap">{network.ignoredSettings}</p>}
      <JobLine job={job} />
      <p role={said?.bad ? 'alert' : 'status'} className={said?.bad ? 'error wrap' : 'muted wrap'}>
        {said?.text}
      </p>
      <Joining pid={pid} mayChange={mayChange} />
      <Devices pid={pid} mayChange={mayChange} />
      <NetworkMap network={network} mayChange={mayChange} />
      {box && <InstallCodeBox pid={pid} done={(text) => setSaid({ text, bad: false })} close={() => setBox(false)} />}
    </>
  );
}

/** One network: who may join, its devices and how they are heard. */
export function ZigbeePage() {
  const { t } = useTranslation();
  const { pid } = useSearch({ from: '/zigbee' });
  const navigate = useNavigate();
  const { data, error } = useNetworks();
  const chosen = data?.find((n) => n.pid === pid) ?? data?.[0];
  return (
    <>
      <div className="bar">
        <h1 className="grow">{t('nav.zigbee')}</h1>
        {data && data.length > 0 && (
          <NativeSelect
            aria-label={t('zb.network')}
            value={chosen?.pid ?? ''}
            data={data.map((n) => n.pid)}
            onChange={(e) => void navigate({ to: '/zigbee', search: { pid: e.currentTarget.value } })}
          />
        )}
      </div>
      {error && <p role="alert">{error.message}</p>}
      {data?.length === 0 && <p>{t('zb.none')}</p>}
      {chosen && <Shown key={chosen.pid} network={chosen} />}
    </>
  );
}
