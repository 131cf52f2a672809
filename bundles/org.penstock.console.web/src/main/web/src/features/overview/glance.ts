import type { HealthPage, SourceState } from './health';

/** What is to be known at a glance; undefined is not known. */
export interface Glance {
  /** Those that want to be; who is asked for nothing needs none. */
  links: { online: number; offline: number };
  clouds: { connected: number; all: number };
  outbox: { depth: number; oldestMs: number };
  /** Percent of all processors. */
  cpu: number | undefined;
  memory: { used: number; max: number } | undefined;
  disk: { free: number; size: number } | undefined;
  certificate: string | undefined;
}

const number = (state: SourceState | undefined, name: string): number => {
  const value = state?.figures[name];
  return typeof value === 'number' ? value : Number.NaN;
};

/** The share of the processors that the gateway had since the look before, or else since its start. */
function share(now: SourceState | undefined, before: SourceState | undefined): number | undefined {
  const processors = number(now, 'processors');
  const span = (name: string) => number(now, name) - (before ? number(before, name) : 0);
  const seconds = span('uptime.ms') / 1000;
  const used = (100 * span('cpu.seconds')) / (seconds * processors);
  return seconds > 0 && used >= 0 ? used : undefined;
}

export function glance(now: HealthPage, before?: HealthPage): Glance {
  const of = (start: string) =>
    Object.entries(now.states)
      .filter(([name]) => name.startsWith(start))
      .map(([, state]) => state);
  const links = (phase: string) => of('driver/').filter((s) => s.figures['link'] === phase).length;
  const clouds = of('cloud/connection/');
  const boxes = of('cloud/data/');
  const jvm = now.states['core/jvm'];
  const disk = now.states['core/disk'];
  const pair = (state: SourceState | undefined, a: string, b: string): [number, number] | undefined => {
    const both: [number, number] = [number(state, a), number(state, b)];
    return both.some(Number.isNaN) ? undefined : both;
  };
  const memory = pair(jvm, 'heap.used.bytes', 'heap.max.bytes');
  const room = pair(disk, 'disk.free.bytes', 'disk.size.bytes');
  const certificate = now.states['console/rest']?.figures['certificate.expires'];
  return {
    links: { online: links('online'), offline: links('offline') },
    clouds: { connected: clouds.filter((s) => s.figures['connected'] === 1).length, all: clouds.length },
    outbox: {
      depth: boxes.reduce((sum, s) => sum + (number(s, 'outbox.depth') || 0), 0),
      oldestMs: Math.max(0, ...boxes.map((s) => number(s, 'outbox.oldest.age.ms') || 0)),
    },
    cpu: share(jvm, before?.states['core/jvm']),
    memory: memory && { used: memory[0], max: memory[1] },
    disk: room && { free: room[0], size: room[1] },
    certificate: typeof certificate === 'string' ? certificate : undefined,
  };
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** So many bytes in the unit in which people think of them. */
export function bytes(count: number): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, count)) / 10)));
  const value = count / 1024 ** power;
  return `${value.toLocaleString(undefined, { maximumFractionDigits: value < 10 ? 1 : 0 })} ${units[power]}`;
}
