import { Button, NativeSelect } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAny } from '../../api/session';
import { useSession } from '../../app/SessionGate';
import { StateTag } from '../../app/StateTag';
import { type Server, useServers } from './api';
import { CodecEditor } from './CodecEditor';
import { DeviceBox } from './DeviceBox';
import { Devices } from './Devices';
import { FrameLog } from './FrameLog';
import { Gateways } from './Gateways';
import { ImportDevices } from './ImportDevices';
import './lorawan.css';

function Shown({ server }: { server: Server }) {
  const { t } = useTranslation();
  const { identity } = useSession();
  const [box, setBox] = useState<'device' | 'import'>();
  const [said, setSaid] = useState('');
  const mayChange = mayAny(identity, ['rest.configuration']);
  const close = () => setBox(undefined);
  return (
    <>
      <div className="bar">
        <StateTag state={server.state === 'ONLINE' ? 'ok' : 'warn'} />
        <span>{server.region}</span>
        <span className="muted grow wrap">{server.reason}</span>
        {mayChange && (
          <>
            <Button variant="default" onClick={() => setBox('import')}>
              {t('lora.import')}
            </Button>
            <Button onClick={() => setBox('device')}>{t('lora.add')}</Button>
          </>
        )}
      </div>
      <p role="status" className="muted">
        {said}
      </p>
      <Gateways pid={server.pid} />
      <Devices pid={server.pid} />
      <FrameLog pid={server.pid} />
      {mayChange && <CodecEditor pid={server.pid} />}
      {box === 'device' && <DeviceBox pid={server.pid} done={setSaid} close={close} />}
      {box === 'import' && <ImportDevices pid={server.pid} done={setSaid} close={close} />}
    </>
  );
}

/** One network server: its gateways, its devices, what they say just now, and how that is decoded. */
export function LorawanPage() {
  const { t } = useTranslation();
  const { pid } = useSearch({ from: '/lorawan' });
  const navigate = useNavigate();
  const { data, error } = useServers();
  const chosen = data?.find((s) => s.pid === pid) ?? data?.[0];
  return (
    <>
      <div className="bar">
        <h1 className="grow">{t('nav.lorawan')}</h1>
        {data && data.length > 0 && (
          <NativeSelect
            aria-label={t('lora.server')}
            value={chosen?.pid ?? ''}
            data={data.map((s) => s.pid)}
            onChange={(e) => void navigate({ to: '/lorawan', search: { pid: e.currentTarget.value } })}
          />
        )}
      </div>
      {error && <p role="alert">{error.message}</p>}
      {data?.length === 0 && <p>{t('lora.none')}</p>}
      {chosen && <Shown key={chosen.pid} server={chosen} />}
    </>
  );
}
