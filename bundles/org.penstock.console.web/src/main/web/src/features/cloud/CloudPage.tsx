import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { del, post } from '../../api/client';
import { Confirm } from '../../app/Confirm';
import { StateTag } from '../../app/StateTag';
import { useHealth } from '../overview/health';
import { type Endpoint, root, useInstances } from './api';
import { Clients } from './Clients';
import { Health } from './Health';
import { NewConnection } from './NewConnection';
import { Outbox } from './Outbox';
import { Preview } from './Preview';

function Connection({ endpoint, refresh }: { endpoint: Endpoint; refresh: () => void }) {
  const { t } = useTranslation();
  const { cloudEndpointPid, cloudConnectionFactoryPid } = endpoint;
  const who = { cloudEndpointPid, cloudConnectionFactoryPid };
  const [said, setSaid] = useState('');
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const stack = useQuery({
    queryKey: ['cloud', 'stack', cloudEndpointPid],
    queryFn: async () => (await post<{ pids: string[] }>(`${root}/cloudEndpoint/stackComponentPids`, who)).pids,
  });
  const connected = endpoint.state === 'CONNECTED';
  const turn = () => {
    setBusy(true);
    setSaid('');
    post(`${root}/cloudEndpoint/${connected ? 'disconnect' : 'connect'}`, { cloudEndpointPid })
      .then(refresh, (e: Error) => setSaid(e.message))
      .finally(() => setBusy(false));
  };
  const drop = async () => {
    await del(`${root}/cloudEndpoint`, who);
    refresh();
  };
  return (
    <article className="panel connection">
      <div className="bar">
        <h2 className="grow wrap named">{cloudEndpointPid}</h2>
        <StateTag state={connected ? 'ok' : 'warn'} />
        <span>{t(connected ? 'cloud.connected' : 'cloud.disconnected')}</span>
        <Button onClick={turn} loading={busy}>
          {t(connected ? 'cloud.disconnect' : 'cloud.connect')}
        </Button>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('conf.delete')}
        </Button>
      </div>
      {said && (
        <p role="alert" className="error">
          {said}
        </p>
      )}
      <p className="bar">
        {stack.data?.map((pid) => (
          <Link key={pid} to="/configuration" search={{ pid }} className="wrap">
            {pid}
          </Link>
        ))}
      </p>
      {asking && (
        <Confirm title={t('conf.deleteAsk', { pid: cloudEndpointPid })} act={drop} close={() => setAsking(false)} />
      )}
    </article>
  );
}

/** Connections with state and reason; publishers and subscribers below. */
export function CloudPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const health = useHealth();
  const { data, error } = useInstances();
  const refresh = () => void queries.invalidateQueries({ queryKey: ['cloud'] });
  return (
    <>
      <h1>{t('nav.cloud')}</h1>
      {error && <p role="alert">{error.message}</p>}
      {data?.cloudEndpointInstances.length === 0 && <p>{t('cloud.none')}</p>}
      {data?.cloudEndpointInstances.map((endpoint) => (
        <Connection key={endpoint.cloudEndpointPid} endpoint={endpoint} refresh={refresh} />
      ))}
      <Outbox states={health.data?.states ?? {}} />
      <NewConnection done={refresh} />
      <Health states={health.data?.states ?? {}} />
      {data && <Clients endpoints={data.cloudEndpointInstances} clients={data.pubsubInstances} refresh={refresh} />}
      <Preview />
    </>
  );
}
