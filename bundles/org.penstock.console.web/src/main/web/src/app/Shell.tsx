import { ActionIcon, Button, NativeSelect, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { may, mayAny } from '../api/session';
import { useAlarms } from '../features/alarms/api';
import { readers as radioReaders, useServers } from '../features/lorawan/api';
import { useHealth } from '../features/overview/health';
import { useNetworks } from '../features/zigbee/api';
import { languages, setLanguage } from '../i18n';
import { useGateway } from './gateway';
import { useSession } from './SessionGate';
import { StateTag } from './StateTag';
import { TimedChange } from './TimedChange';

const alarmReaders = ['alarms.read', 'alarms.operate', 'rest.assets'];

/** Each page with the permissions of which one is needed to see it. */
const items = [
  ['/', 'overview', []],
  ['/devices', 'devices', ['rest.wires.admin']],
  ['/tags', 'tags', ['rest.assets', 'assets.read']],
  ['/flows', 'flows', ['flows.read', 'rest.wires.admin']],
  ['/rules', 'rules', ['rest.configuration']],
  ['/alarms', 'alarms', alarmReaders],
  ['/lorawan', 'lorawan', radioReaders],
  ['/zigbee', 'zigbee', radioReaders],
  ['/cloud', 'cloud', ['rest.cloudconnection']],
  ['/packages', 'packages', ['rest.deploy']],
  ['/configuration', 'configuration', ['rest.configuration']],
  ['/security', 'security', ['rest.identity', 'rest.keystores']],
  ['/system', 'system', ['rest.system', 'system.read']],
] as const;

export function Shell() {
  const { t, i18n } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const { identity, leave, claimed } = useSession();
  const navigate = useNavigate();
  const gateway = useGateway();
  useEffect(() => {
    if (claimed) void navigate({ to: '/start' });
  }, [claimed, navigate]);
  const health = useHealth();
  const levels = Object.values(health.data?.states ?? {}).map((s) => s.level);
  const failed = levels.filter((l) => l === 'FAILED').length;
  const degraded = levels.filter((l) => l === 'DEGRADED').length;
  const alarms = useAlarms(false, mayAny(identity, alarmReaders));
  const open = alarms.data?.alarms.filter((a) => a.state.endsWith('UNACKNOWLEDGED')).length ?? 0;
  const servers = useServers(mayAny(identity, radioReaders));
  const networks = useNetworks(mayAny(identity, radioReaders));
  const isThere = (to: string) =>
    (to !== '/lorawan' || servers.data?.length) && (to !== '/zigbee' || networks.data?.length);
  const scheme = useComputedColorScheme('light');
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <header className="top">
        <span className="brand">Penstock</span>
        <span className="gatewayname">{gateway.data?.name}</span>
        <span className="grow" />
        {failed + degraded > 0 && (
          <Link to="/" className="alarmstrip">
            {failed > 0 && <StateTag state="alarm" n={failed} />}
            {degraded > 0 && <StateTag state="warn" n={degraded} />}
          </Link>
        )}
        {open > 0 && (
          <Link to="/alarms" className="tag" data-s="alarm" aria-label={t('alarm.count', { count: open })}>
            <span aria-hidden="true">■</span> {open} <span className="hideS">{t('alarm.short')}</span>
          </Link>
        )}
        <NativeSelect
          aria-label={t('language')}
          value={i18n.language}
          data={[...languages]}
          onChange={(e) => void setLanguage(e.currentTarget.value)}
          w={64}
        />
        <ActionIcon
          aria-label={t('dark')}
          aria-pressed={scheme === 'dark'}
          onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
        >
          <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
            <path fill="currentColor" d="M8 1a7 7 0 1 0 0 14zM8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0z" />
          </svg>
        </ActionIcon>
        <Button variant="default" onClick={leave}>
          {t('login.leave', { name: identity.name })}
        </Button>
      </header>
      <nav className="nav" aria-label={t('nav.main')}>
        {items
          .filter(([to, , needed]) => isThere(to) && mayAny(identity, needed))
          .map(([to, key]) => (
            <Link key={to} to={to} activeOptions={{ exact: to === '/' }}>
              {t(`nav.${key}`)}
            </Link>
          ))}
      </nav>
      <main className="main" id="main" tabIndex={0}>
        {may(identity, 'rest.configuration') && <TimedChange />}
        <Outlet />
      </main>
    </div>
  );
}
