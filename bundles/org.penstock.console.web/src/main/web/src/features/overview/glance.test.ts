import { expect, it } from 'vitest';
import { bytes, glance } from './glance';
import type { HealthPage, SourceState } from './health';

const state = (figures: SourceState['figures']): SourceState => ({ level: 'OK', reason: '', since: '', figures });
const page = (states: Record<string, SourceState['figures']>): HealthPage => ({
  level: 'OK',
  ready: true,
  states: Object.fromEntries(Object.entries(states).map(([name, figures]) => [name, state(figures)])),
});

/** Without it the overview could add up what is not there, or call an idle gateway busy. */
it('adds up links, clouds and outboxes, and takes the processor since the look before', () => {
  const before = page({ 'core/jvm': { processors: 2, 'uptime.ms': 10_000, 'cpu.seconds': 9 } });
  const now = page({
    'driver/modbus/a': { link: 'online' },
    'driver/modbus/b': { link: 'offline' },
    'driver/template/c': { link: 'unknown' },
    'cloud/connection/x': { connected: 1 },
    'cloud/data/x': { 'outbox.depth': 3, 'outbox.oldest.age.ms': 4000 },
    'cloud/data/y': { 'outbox.depth': 4, 'outbox.oldest.age.ms': 9000 },
    'core/jvm': {
      processors: 2,
      'uptime.ms': 12_000,
      'cpu.seconds': 10,
      'heap.used.bytes': 5,
      'heap.max.bytes': 9,
    },
    'core/disk': { 'disk.free.bytes': 7, 'disk.size.bytes': 8 },
    'console/rest': { 'certificate.expires': '2027-01-01T00:00:00Z' },
  });
  expect(glance(now, before)).toEqual({
    links: { online: 1, offline: 1 },
    clouds: { connected: 1, all: 1 },
    outbox: { depth: 7, oldestMs: 9000 },
    cpu: 25,
    memory: { used: 5, max: 9 },
    disk: { free: 7, size: 8 },
    certificate: '2027-01-01T00:00:00Z',
  });
  expect(glance(now).cpu).toBeCloseTo(41.7, 1);
  expect(glance(page({}))).toMatchObject({
    links: { online: 0, offline: 0 },
    outbox: { depth: 0 },
    cpu: undefined,
    disk: undefined,
  });
});

it('tells bytes as people do', () => {
  expect([0, 1023, 2048, 5 * 1024 ** 3].map(bytes)).toEqual(['0 B', '1,023 B', '2 KiB', '5 GiB']);
});
