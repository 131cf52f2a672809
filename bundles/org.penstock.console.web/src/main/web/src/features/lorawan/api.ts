import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { del, get, post } from '../../api/client';
import type { Component } from '../../api/metatype';
import type { State } from '../../app/StateTag';

/** A network server: one instance of the driver. */
export interface Server {
  pid: string;
  region: string;
  state: string;
  reason: string;
  gateways: number;
  devices: number;
}
export interface Band {
  fromHz: number;
  toHz: number;
  airMs: number;
  limitMs: number;
}
export interface RadioGateway {
  eui: string;
  kind: string;
  reachable: boolean;
  quietMs: number;
  airMs: number;
  bands: Band[];
  statistics: string;
}
export interface Device {
  devEui: string;
  name: string;
  activation: string;
  deviceClass: string;
  codec: string;
  joined: boolean;
  heardAt?: string | null;
  frameCounter?: number | null;
  port?: number | null;
  dataRate?: number | null;
  rssi?: number | null;
  snr?: number | null;
  gateways?: number | null;
  battery: number;
  margin: number;
  queued: number;
  lastDownlink?: string | null;
}
export interface Detail {
  device: Device;
  payload?: string | null;
  values: Record<string, string>;
}
export interface Queued {
  port: number;
  data: string;
  confirmed: boolean;
  expiresAt: string;
}
export interface Frame {
  number: number;
  at: string;
  devEui: string;
  name: string;
  text: string;
  frameCounter?: number | null;
  port?: number | null;
  dataRate?: number | null;
  rssi?: number | null;
  snr?: number | null;
  gateway?: string | null;
  gateways?: number | null;
  data?: string | null;
  values: Record<string, string>;
  problem: string;
}
export interface Trial {
  values: Record<string, string>;
  problem: string;
}
export interface CodecState {
  name: string;
  problem: string;
}
/** What an import did, or would do. */
export interface Outcome {
  done: boolean;
  added: number;
  changed: number;
  unchanged: number;
  faults: { row: number; column: string; message: string }[];
}

const root = '/api/v1/lorawan';
const quiet = 90_000;
const kept = 300;
const of = (pid: string) => `${root}/${encodeURIComponent(pid)}`;

export const readers = ['assets.read', 'rest.assets', 'rest.configuration'];

/** All network servers; none, too, where the driver is not installed. */
export const useServers = (enabled = true) =>
  useQuery({
    queryKey: ['lorawan', 'servers'],
    enabled,
    queryFn: () => get<Server[]>(root),
    refetchInterval: 10_000,
    retry: false,
  });

export const useGateways = (pid: string) =>
  useQuery({
    queryKey: ['lorawan', pid, 'gateways'],
    queryFn: () => get<RadioGateway[]>(`${of(pid)}/gateways`),
    refetchInterval: 2000,
  });

export const useDevices = (pid: string) =>
  useQuery({
    queryKey: ['lorawan', pid, 'devices'],
    queryFn: () => get<Device[]>(`${of(pid)}/devices`),
    refetchInterval: 2000,
  });

export const useDevice = (pid: string, devEui: string) =>
  useQuery({
    queryKey: ['lorawan', pid, 'device', devEui],
    queryFn: () => get<Detail>(`${of(pid)}/devices/${devEui}`),
    refetchInterval: 2000,
  });

export const useQueue = (pid: string, devEui: string) =>
  useQuery({
    queryKey: ['lorawan', pid, 'queue', devEui],
    queryFn: () => get<Queued[]>(`${of(pid)}/devices/${devEui}/queue`),
    refetchInterval: 2000,
  });

/** Those that are new beside those that are known; all anew when the driver has started anew. */
async function more(pid: string, queries: QueryClient, key: readonly string[]): Promise<Frame[]> {
  const ask = (after: number) => get<{ last: number; frames: Frame[] }>(`${of(pid)}/frames?after=${after}`);
  const known = queries.getQueryData<Frame[]>(key) ?? [];
  const after = known.at(-1)?.number ?? 0;
  const log = await ask(after);
  if (log.last < after) return (await ask(0)).frames.slice(-kept);
  return log.frames.length === 0 ? known : [...known, ...log.frames].slice(-kept);
}

/** The last frames of all devices, each second more until paused. */
export function useFrames(pid: string, paused: boolean) {
  const queries = useQueryClient();
  const queryKey = ['lorawan', pid, 'frames'];
  return useQuery({
    queryKey,
    queryFn: () => more(pid, queries, queryKey),
    refetchInterval: paused ? false : 1000,
  });
}

export const useCodecs = (pid: string) =>
  useQuery({ queryKey: ['lorawan', pid, 'codecs'], queryFn: () => get<CodecState[]>(`${of(pid)}/codecs`) });

/** The configuration's text of codecs. */
export const useCodecText = (pid: string, enabled: boolean) =>
  useQuery({
    queryKey: ['lorawan', pid, 'codecText'],
    enabled,
    queryFn: async () => {
      const path = '/services/configuration/v2/configurableComponents/configurations/byPid';
      const { configs } = await post<{ configs: Component[] }>(path, { pids: [pid] });
      return String(configs[0]?.properties?.['codecs']?.value ?? '');
    },
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const tryCodec = (pid: string, codecs: string, name: string, port: number, data: string) =>
  post<Trial>(`${of(pid)}/codecs/_test`, { codecs, name, port, data });

export const send = (pid: string, devEui: string, order: { port: number; data: string; confirmed: boolean }) =>
  post<Queued[]>(`${of(pid)}/devices/${devEui}/queue`, order);

export const takeBack = (pid: string, devEui: string) => del<Queued[]>(`${of(pid)}/devices/${devEui}/queue`);

/** Heard of within 90 s and reachable is normal; one that can't be told anything is a warning, a silent one an alarm. */
export function gatewayState(gateway: Pick<RadioGateway, 'quietMs' | 'reachable'>): State {
  if (gateway.quietMs > quiet) return 'alarm';
  return gateway.reachable ? 'ok' : 'warn';
}

/** Text in hexadecimal digits, without blanks and colons; undefined when it is none. */
export function bytes(text: string): string | undefined {
  const digits = text.replace(/[\s:-]/g, '').toLowerCase();
  return /^([0-9a-f]{2})*$/.test(digits) ? digits : undefined;
}
