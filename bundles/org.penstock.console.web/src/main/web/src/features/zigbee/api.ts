import { useQuery } from '@tanstack/react-query';
import { del, get, patch, post, put } from '../../api/client';
import type { State } from '../../app/StateTag';

/** A ZigBee network: one instance of the driver. What is not known while the stick is away is null. */
export interface Network {
  pid: string;
  state: string;
  reason: string;
  coordinator?: string | null;
  panId?: number | null;
  extendedPanId?: string | null;
  channel?: number | null;
  firmware?: string | null;
  ignoredSettings?: string | null;
  devices: number;
  permitJoinSeconds: number;
}
export interface Device {
  ieee: string;
  name: string;
  manufacturer: string;
  model: string;
  networkAddress: number;
  router: boolean;
  sleepy: boolean;
  interviewed: boolean;
  problem: string;
  lastSeen?: string | null;
  linkQuality?: number | null;
  battery?: number | null;
}
export interface Endpoint {
  id: number;
  profile: number;
  type: number;
  inputs: number[];
  outputs: number[];
}
/** A channel that a device can have, with the properties that an asset wants. */
export interface Offer {
  name: string;
  properties: Record<string, string>;
}
/** One that another hears. */
export interface Link {
  by: string;
  neighbour: string;
  linkQuality: number;
  relation: string;
}
export interface Tables {
  links: Link[];
  silent: string[];
}

const root = '/api/v1/zigbee';
const of = (pid: string) => `${root}/${encodeURIComponent(pid)}`;
const one = (pid: string, ieee: string) => `${of(pid)}/devices/${encodeURIComponent(ieee)}`;

export const readers = ['assets.read', 'rest.assets', 'rest.configuration'];
/** The longest time that the protocol lets a network be open. */
export const longest = 254;

/** All networks; none, too, where the driver is not installed. */
export const useNetworks = (enabled = true) =>
  useQuery({
    queryKey: ['zigbee', 'networks'],
    enabled,
    queryFn: () => get<Network[]>(root),
    refetchInterval: 10_000,
    retry: false,
  });

/** For how many seconds devices may join yet; looked at each second while they may. */
export const usePermit = (pid: string) =>
  useQuery({
    queryKey: ['zigbee', pid, 'permit'],
    queryFn: async () => (await get<{ seconds: number }>(`${of(pid)}/permit-join`)).seconds,
    refetchInterval: (query) => (query.state.data ? 1000 : 5000),
  });

export const permit = async (pid: string, seconds: number): Promise<number> =>
  (await put<{ seconds: number }>(`${of(pid)}/permit-join`, { seconds })).seconds;

export const useDevices = (pid: string) =>
  useQuery({
    queryKey: ['zigbee', pid, 'devices'],
    queryFn: () => get<Device[]>(`${of(pid)}/devices`),
    refetchInterval: 2000,
  });

export const useEndpoints = (pid: string, ieee: string) =>
  useQuery({
    queryKey: ['zigbee', pid, 'device', ieee],
    queryFn: async () => (await get<{ endpoints: Endpoint[] }>(one(pid, ieee))).endpoints,
  });

export const useOffers = (pid: string, ieee: string) =>
  useQuery({
    queryKey: ['zigbee', pid, 'offers', ieee],
    queryFn: () => get<Offer[]>(`${one(pid, ieee)}/channels`),
    refetchInterval: (query) => (query.state.data?.length ? false : 2000),
  });

export const useMap = (pid: string) =>
  useQuery({ queryKey: ['zigbee', pid, 'map'], queryFn: () => get<Tables>(`${of(pid)}/map`) });

export const rename = (pid: string, ieee: string, name: string) => patch<Device>(one(pid, ieee), { name });
export const remove = (pid: string, ieee: string) => del<Device>(one(pid, ieee));
export const interview = (pid: string, ieee: string) => post<Device>(`${one(pid, ieee)}/_interview`);
export const installCode = (pid: string, ieee: string, code: string) =>
  post<Network>(`${of(pid)}/install-codes`, { ieee, code });

/** What people call it. */
export const labelOf = (device: Pick<Device, 'name' | 'model' | 'ieee'>): string =>
  device.name || device.model || device.ieee;

/** One that says what is wrong is a warning, one of which not all is known a notice, a silent one off. */
export function deviceState(device: Pick<Device, 'problem' | 'interviewed' | 'lastSeen'>): State {
  if (device.problem) return 'warn';
  if (!device.interviewed) return 'info';
  return device.lastSeen ? 'ok' : 'off';
}
