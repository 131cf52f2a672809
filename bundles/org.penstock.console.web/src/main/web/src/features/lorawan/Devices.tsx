import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StateTag } from '../../app/StateTag';
import { matches } from '../configuration/metatype';
import { type Device, useDevices } from './api';
import { Downlinks } from './Downlinks';

const shownAtOnce = 200;

/** What a device's last frame was like. */
function Last({ device }: { device: Device }) {
  const { t } = useTranslation();
  if (!device.heardAt) return <span className="muted">{t('lora.silent')}</span>;
  return (
    <>
      <span className="num">{new Date(device.heardAt).toLocaleString()}</span>
      <span className="num">
        #{device.frameCounter} DR{device.dataRate}
      </span>
      <span className="num">
        {device.rssi} dBm {device.snr} dB
      </span>
    </>
  );
}

function Line({ pid, device }: { pid: string; device: Device }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <li className="row">
      <div className="bar">
        <StateTag state={device.joined ? 'ok' : 'off'} />
        <button type="button" className="plain" aria-expanded={open} onClick={() => setOpen(!open)}>
          <b>{device.name}</b>
        </button>
        <span className="mono">{device.devEui}</span>
        <span>{t(device.joined ? 'lora.joined' : 'lora.notJoined')}</span>
        <span className="muted">
          {device.activation} {device.deviceClass} {device.codec}
        </span>
        <Last device={device} />
        {device.queued > 0 && <b>{t('lora.queued', { count: device.queued })}</b>}
        <span className="muted wrap">{device.lastDownlink}</span>
      </div>
      {open && <Downlinks pid={pid} device={device} />}
    </li>
  );
}

/** The devices: join state, last frame, signal, queue; each can be opened. */
export function Devices({ pid }: { pid: string }) {
  const { t } = useTranslation();
  const { data, error } = useDevices(pid);
  const [text, setText] = useState('');
  const found = data?.filter((d) => matches(text, d.name, d.devEui, d.codec)) ?? [];
  return (
    <section aria-label={t('lora.devices')}>
      <div className="bar above">
        <h2 className="grow">{t('lora.devices')}</h2>
        <TextInput
          aria-label={t('lora.search')}
          placeholder={t('lora.search')}
          value={text}
          onChange={(e) => setText(e.currentTarget.value)}
        />
      </div>
      {error && <p role="alert">{error.message}</p>}
      {data?.length === 0 && <p className="muted">{t('lora.noDevices')}</p>}
      <ul className="panel rows" aria-label={t('lora.devices')}>
        {found.slice(0, shownAtOnce).map((d) => (
          <Line key={d.devEui} pid={pid} device={d} />
        ))}
      </ul>
      {found.length > shownAtOnce && <p className="muted">{t('lora.more', { count: found.length - shownAtOnce })}</p>}
    </section>
  );
}
