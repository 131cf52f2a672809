import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StateTag } from '../../app/StateTag';
import { matches } from '../configuration/metatype';
import { type Device, deviceState, labelOf, useDevices } from './api';
import { weak } from './map';
import { Opened } from './Opened';

const shownAtOnce = 200;
const low = 15;

/** When it was heard, how well, and how full its battery is. */
function Signs({ device }: { device: Device }) {
  const { t } = useTranslation();
  const { lastSeen, linkQuality, battery } = device;
  return (
    <>
      {typeof linkQuality === 'number' && (
        <span className={linkQuality < weak ? 'warning' : ''}>{t('zb.lqi', { lqi: linkQuality })}</span>
      )}
      {typeof battery === 'number' && (
        <span className={battery <= low ? 'warning' : ''}>{t('zb.battery', { percent: Math.round(battery) })}</span>
      )}
      <span className={lastSeen ? 'num' : 'muted'}>
        {lastSeen ? new Date(lastSeen).toLocaleString() : t('zb.silent')}
      </span>
    </>
  );
}

function Line({ pid, device, mayChange }: { pid: string; device: Device; mayChange: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <li className="row">
      <div className="bar">
        <StateTag state={deviceState(device)} />
        <button type="button" className="plain" aria-expanded={open} onClick={() => setOpen(!open)}>
          <b>{labelOf(device)}</b>
        </button>
        <span className="mono">{device.ieee}</span>
        <span className="muted wrap">
          {device.manufacturer} {device.model}
        </span>
        <Signs device={device} />
        {!device.interviewed && <span>{t('zb.asking')}</span>}
        {device.problem && <span className="warning wrap">{device.problem}</span>}
      </div>
      {open && <Opened pid={pid} device={device} mayChange={mayChange} />}
    </li>
  );
}

/** The devices: what they are, how they are heard; each can be opened. */
export function Devices({ pid, mayChange }: { pid: string; mayChange: boolean }) {
  const { t } = useTranslation();
  const { data, error } = useDevices(pid);
  const [text, setText] = useState('');
  const found = data?.filter((d) => matches(text, d.name, d.ieee, d.model, d.manufacturer)) ?? [];
  return (
    <section aria-label={t('zb.devices')}>
      <div className="bar above">
        <h2 className="grow">{t('zb.devices')}</h2>
        <TextInput
          aria-label={t('lora.search')}
          placeholder={t('lora.search')}
          value={text}
          onChange={(e) => setText(e.currentTarget.value)}
        />
      </div>
      {error && <p role="alert">{error.message}</p>}
      {data?.length === 0 && <p className="muted">{t('zb.noDevices')}</p>}
      <ul className="panel rows" aria-label={t('zb.devices')}>
        {found.slice(0, shownAtOnce).map((d) => (
          <Line key={d.ieee} pid={pid} device={d} mayChange={mayChange} />
        ))}
      </ul>
      {found.length > shownAtOnce && <p className="muted">{t('lora.more', { count: found.length - shownAtOnce })}</p>}
    </section>
  );
}
