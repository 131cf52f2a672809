import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Overview } from '../features/overview/Overview';
import { Shell } from './Shell';

const root = createRootRoute({ component: Shell });
const overview = createRoute({ getParentRoute: () => root, path: '/', component: Overview });
const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
const configuration = createRoute({
  getParentRoute: () => root,
  path: '/configuration',
  validateSearch: (s: Record<string, unknown>): { pid?: string } => {
    const pid = text(s['pid']);
    return pid ? { pid } : {};
  },
  component: lazyRouteComponent(() => import('../features/configuration/ConfigurationPage'), 'ConfigurationPage'),
});
const snapshots = createRoute({
  getParentRoute: () => root,
  path: '/snapshots',
  component: lazyRouteComponent(() => import('../features/configuration/SnapshotsPage'), 'SnapshotsPage'),
});
const devices = createRoute({
  getParentRoute: () => root,
  path: '/devices',
  component: lazyRouteComponent(() => import('../features/devices/DevicesPage'), 'DevicesPage'),
});
const newDevice = createRoute({
  getParentRoute: () => root,
  path: '/devices/new',
  component: lazyRouteComponent(() => import('../features/devices/NewDevicePage'), 'NewDevicePage'),
});
const tags = createRoute({
  getParentRoute: () => root,
  path: '/tags',
  validateSearch: (s: Record<string, unknown>): { q?: string } => {
    const q = text(s['q']);
    return q ? { q } : {};
  },
  component: lazyRouteComponent(() => import('../features/tags/TagsPage'), 'TagsPage'),
});
const cloud = createRoute({
  getParentRoute: () => root,
  path: '/cloud',
  component: lazyRouteComponent(() => import('../features/cloud/CloudPage'), 'CloudPage'),
});
const packages = createRoute({
  getParentRoute: () => root,
  path: '/packages',
  component: lazyRouteComponent(() => import('../features/packages/PackagesPage'), 'PackagesPage'),
});
const flows = createRoute({
  getParentRoute: () => root,
  path: '/flows',
  validateSearch: (s: Record<string, unknown>): { graph?: string } => {
    const graph = text(s['graph']);
    return graph ? { graph } : {};
  },
  component: lazyRouteComponent(() => import('../features/flows/FlowsPage'), 'FlowsPage'),
});
const rules = createRoute({
  getParentRoute: () => root,
  path: '/rules',
  validateSearch: (s: Record<string, unknown>): { pid?: string } => {
    const pid = text(s['pid']);
    return pid ? { pid } : {};
  },
  component: lazyRouteComponent(() => import('../features/rules/RulesPage'), 'RulesPage'),
});
const alarms = createRoute({
  getParentRoute: () => root,
  path: '/alarms',
  validateSearch: (s: Record<string, unknown>): { alarm?: string } => {
    const alarm = text(s['alarm']);
    return alarm ? { alarm } : {};
  },
  component: lazyRouteComponent(() => import('../features/alarms/AlarmsPage'), 'AlarmsPage'),
});
const lorawan = createRoute({
  getParentRoute: () => root,
  path: '/lorawan',
  validateSearch: (s: Record<string, unknown>): { pid?: string } => {
    const pid = text(s['pid']);
    return pid ? { pid } : {};
  },
  component: lazyRouteComponent(() => import('../features/lorawan/LorawanPage'), 'LorawanPage'),
});
const zigbee = createRoute({
  getParentRoute: () => root,
  path: '/zigbee',
  validateSearch: (s: Record<string, unknown>): { pid?: string } => {
    const pid = text(s['pid']);
    return pid ? { pid } : {};
  },
  component: lazyRouteComponent(() => import('../features/zigbee/ZigbeePage'), 'ZigbeePage'),
});
const security = createRoute({
  getParentRoute: () => root,
  path: '/security',
  component: lazyRouteComponent(() => import('../features/security/SecurityPage'), 'SecurityPage'),
});
const start = createRoute({
  getParentRoute: () => root,
  path: '/start',
  component: lazyRouteComponent(() => import('../features/start/StartPage'), 'StartPage'),
});
const archive = createRoute({
  getParentRoute: () => root,
  path: '/archive',
  component: lazyRouteComponent(() => import('../features/configuration/ArchivePage'), 'ArchivePage'),
});
const system = createRoute({
  getParentRoute: () => root,
  path: '/system',
  component: lazyRouteComponent(() => import('../features/system/SystemPage'), 'SystemPage'),
});
export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    devices,
    newDevice,
    tags,
    flows,
    rules,
    alarms,
    lorawan,
    zigbee,
    cloud,
    packages,
    configuration,
    snapshots,
    archive,
    start,
    security,
    system,
  ]),
  basepath: '/console',
  defaultPreload: 'intent',
});
declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
