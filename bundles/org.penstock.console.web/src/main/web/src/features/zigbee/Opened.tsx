import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../app/Confirm';
import { type Device, type Endpoint, interview, labelOf, remove, rename, useEndpoints, useOffers } from './api';
import { makeAsset } from './asset';

const hex = (n: number) => `0x${n.toString(16).padStart(4, '0')}`;

/** What a device consists of. */
function Part({ part }: { part: Endpoint }) {
  const { t } = useTranslation();
  const list = (all: number[]) => all.map(hex).join(' ') || '-';
  return (
    <li className="mono wrap">
      {t('zb.endpoint', { id: part.id, inputs: list(part.inputs), outputs: list(part.outputs) })}
    </li>
  );
}

function Name({ pid, device, act }: { pid: string; device: Device; act: (what: Promise<unknown>) => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(device.name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act(rename(pid, device.ieee, name.trim()));
  };
  return (
    <form className="bar" onSubmit={submit} aria-label={t('zb.rename')}>
      <TextInput label={t('name')} maxLength={60} value={name} onChange={(e) => setName(e.currentTarget.value)} />
      <Button type="submit" variant="default" disabled={name.trim() === device.name}>
        {t('zb.rename')}
      </Button>
    </form>
  );
}

/** The channels that the device can have, made an asset of with one click. */
function MakeAsset({ pid, device }: { pid: string; device: Device }) {
  const { t } = useTranslation();
  const { data = [], error } = useOffers(pid, device.ieee);
  const [busy, setBusy] = useState(false);
  const [asset, setAsset] = useState('');
  const [refused, setRefused] = useState('');
  const make = () => {
    setBusy(true);
    setRefused('');
    makeAsset(pid, device, data)
      .then(setAsset, (e: Error) => setRefused(e.message))
      .finally(() => setBusy(false));
  };
  const words = refused || error?.message;
  return (
    <div className="bar">
      <Button loading={busy} disabled={data.length === 0} onClick={make}>
        {t('zb.asset')}
      </Button>
      <span className="muted wrap">{data.length > 0 ? data.map((o) => o.name).join(', ') : t('zb.noChannels')}</span>
      <span role="status">
        {asset && (
          <>
            {t('zb.made', { asset })}{' '}
            <Link to="/tags" search={{ q: asset }}>
              {t('dev.channels')}
            </Link>
          </>
        )}
      </span>
      {words && (
        <span role="alert" className="error wrap">
          {words}
        </span>
      )}
    </div>
  );
}

/** One device opened: its name, its parts, and what can be done with it. */
export function Opened({ pid, device, mayChange }: { pid: string; device: Device; mayChange: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const parts = useEndpoints(pid, device.ieee);
  const [asks, setAsks] = useState(false);
  const [error, setError] = useState('');
  const anew = () => queries.invalidateQueries({ queryKey: ['zigbee'] });
  const act = (what: Promise<unknown>) => {
    setError('');
    what.then(anew, (e: Error) => setError(e.message));
  };
  return (
    <div className="opened">
      {parts.error && <p role="alert">{parts.error.message}</p>}
      <p className="muted wrap">
        {t('zb.address', { address: hex(device.networkAddress) })} {t(device.router ? 'zb.router' : 'zb.endDevice')}
        {device.sleepy ? `, ${t('zb.sleepy')}` : ''}
      </p>
      <ul className="plainlist">
        {parts.data?.map((p) => (
          <Part key={p.id} part={p} />
        ))}
      </ul>
      {mayChange && (
        <>
          <MakeAsset pid={pid} device={device} />
          <div className="bar">
            <Name key={device.name} pid={pid} device={device} act={act} />
            <Button variant="default" onClick={() => act(interview(pid, device.ieee))}>
              {t('zb.interview')}
            </Button>
            <Button variant="default" onClick={() => setAsks(true)}>
              {t('zb.remove')}
            </Button>
          </div>
        </>
      )}
      {error && (
        <p role="alert" className="error wrap">
          {error}
        </p>
      )}
      {asks && (
        <Confirm
          title={t('zb.removeNamed', { name: labelOf(device) })}
          act={() => remove(pid, device.ieee).then(anew)}
          close={() => setAsks(false)}
        >
          <p>{t('zb.removeHelp')}</p>
        </Confirm>
      )}
    </div>
  );
}
