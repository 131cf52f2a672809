import { Button, NumberInput, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAny } from '../../api/session';
import { useSession } from '../../app/SessionGate';
import { bytes, type Device, send, takeBack, useDevice, useQueue } from './api';

const battery = (level: number) =>
  level === 0 ? 'lora.mains' : level === 255 ? 'lora.unknownBattery' : 'lora.battery';

/** Sends bytes to a device, or takes back what waits. */
function Order({ pid, devEui, waits }: { pid: string; devEui: string; waits: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [port, setPort] = useState(1);
  const [text, setText] = useState('');
  const [confirmed, setConfirmed] = useState(false);
  const [error, setError] = useState('');
  const data = bytes(text);
  const act = (what: Promise<unknown>) => {
    setError('');
    what
      .then(() => setText(''))
      .catch((e: Error) => setError(e.message))
      .finally(() => void queries.invalidateQueries({ queryKey: ['lorawan', pid] }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (data) act(send(pid, devEui, { port, data, confirmed }));
  };
  return (
    <form className="bar" onSubmit={submit} aria-label={t('lora.send')}>
      <NumberInput label="FPort" w={72} min={1} max={223} value={port} onChange={(n) => setPort(Number(n))} />
      <TextInput
        label={t('lora.bytes')}
        className="mono"
        value={text}
        error={data === undefined ? t('lora.noBytes') : null}
        onChange={(e) => setText(e.currentTarget.value)}
      />
      <Switch label={t('lora.confirmed')} checked={confirmed} onChange={(e) => setConfirmed(e.currentTarget.checked)} />
      <Button type="submit" disabled={!data}>
        {t('lora.send')}
      </Button>
      <Button variant="default" disabled={!waits} onClick={() => act(takeBack(pid, devEui))}>
        {t('lora.takeBack')}
      </Button>
      {error && (
        <span role="alert" className="error wrap">
          {error}
        </span>
      )}
    </form>
  );
}

/** One device opened: its last values and payload, battery and margin, and the queue of what is to be sent to it. */
export function Downlinks({ pid, device }: { pid: string; device: Device }) {
  const { t } = useTranslation();
  const { identity } = useSession();
  const detail = useDevice(pid, device.devEui);
  const queue = useQueue(pid, device.devEui);
  const error = detail.error ?? queue.error;
  const mayAct = mayAny(identity, ['assets.operate', 'rest.assets']);
  return (
    <div className="opened">
      {error && <p role="alert">{error.message}</p>}
      <p className="bar">
        <span>{t(battery(device.battery), { percent: Math.round((100 * device.battery) / 254) })}</span>
        <span>{t('lora.margin', { db: device.margin })}</span>
        {detail.data?.payload && <span className="mono wrap">{detail.data.payload}</span>}
        {Object.entries(detail.data?.values ?? {}).map(([name, value]) => (
          <span key={name}>
            {name} <b className="num">{value}</b>
          </span>
        ))}
      </p>
      <ul className="plainlist" aria-label={t('lora.queue')}>
        {queue.data?.map((q, i) => (
          <li key={`${q.data} ${i}`} className="bar">
            <span>FPort {q.port}</span>
            <span className="mono wrap">{q.data}</span>
            {q.confirmed && <span>{t('lora.confirmed')}</span>}
            <span className="muted">{t('sec.until', { time: new Date(q.expiresAt).toLocaleString() })}</span>
          </li>
        ))}
      </ul>
      {queue.data?.length === 0 && <p className="muted">{t('lora.nothingWaits')}</p>}
      {mayAct && <Order pid={pid} devEui={device.devEui} waits={(queue.data?.length ?? 0) > 0} />}
    </div>
  );
}
