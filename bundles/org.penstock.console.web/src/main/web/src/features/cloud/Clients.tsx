import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { del, post } from '../../api/client';
import { Confirm } from '../../app/Confirm';
import { type Client, type Endpoint, root, useFactories } from './api';

interface Props {
  endpoints: readonly Endpoint[];
  clients: readonly Client[];
  refresh: () => void;
}

/** Publishers and subscribers: what there is, and a new one. */
export function Clients({ endpoints, clients, refresh }: Props) {
  const { t } = useTranslation();
  const { data } = useFactories();
  const [endpoint, setEndpoint] = useState('');
  const [factory, setFactory] = useState('');
  const [pid, setPid] = useState('');
  const [leaving, setLeaving] = useState('');
  const [error, setError] = useState('');
  const of = endpoints.find((e) => e.cloudEndpointPid === endpoint) ?? endpoints[0];
  const fitting = (data?.pubSubFactories ?? []).filter((f) =>
    of?.cloudEndpointPid.startsWith(f.cloudConnectionFactoryPid),
  );
  const chosen = fitting.find((f) => f.factoryPid === factory)?.factoryPid ?? fitting[0]?.factoryPid ?? '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setError('');
    post(`${root}/pubSub`, { pid, factoryPid: chosen, cloudEndpointPid: of?.cloudEndpointPid }).then(
      () => {
        setPid('');
        refresh();
      },
      (e: Error) => setError(e.message),
    );
  };
  const drop = async () => {
    await del(`${root}/pubSub`, { pid: leaving });
    refresh();
  };
  if (endpoints.length === 0) return null;
  return (
    <section aria-label={t('cloud.publishers')}>
      <h2>{t('cloud.publishers')}</h2>
      <ul className="panel rows">
        {clients.map((p) => (
          <li key={p.pid} className="bar row">
            <Link to="/configuration" search={{ pid: p.pid }}>
              {p.pid}
            </Link>
            <span className="muted">{p.type}</span>
            <span className="muted grow wrap">{p.cloudEndpointPid}</span>
            <Button variant="default" onClick={() => setLeaving(p.pid)}>
              {t('conf.delete')}
            </Button>
          </li>
        ))}
      </ul>
      <form className="bar" onSubmit={submit} aria-label={t('cloud.newClient')}>
        <NativeSelect
          aria-label={t('cloud.connection')}
          value={of?.cloudEndpointPid ?? ''}
          data={endpoints.map((e) => e.cloudEndpointPid)}
          onChange={(e) => setEndpoint(e.currentTarget.value)}
        />
        <NativeSelect
          aria-label={t('conf.factory')}
          value={chosen}
          data={fitting.map((f) => f.factoryPid)}
          onChange={(e) => setFactory(e.currentTarget.value)}
        />
        <TextInput
          aria-label={t('conf.pid')}
          placeholder={t('conf.pid')}
          value={pid}
          onChange={(e) => setPid(e.currentTarget.value)}
        />
        <Button type="submit" disabled={!pid || !chosen}>
          {t('cloud.newClient')}
        </Button>
        {error && (
          <p role="alert" className="error">
            {error}
          </p>
        )}
      </form>
      {leaving && <Confirm title={t('conf.deleteAsk', { pid: leaving })} act={drop} close={() => setLeaving('')} />}
    </section>
  );
}
