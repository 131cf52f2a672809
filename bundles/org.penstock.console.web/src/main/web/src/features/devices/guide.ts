import { get, post } from '../../api/client';
import type { Ad, Component } from '../../api/metatype';
import { readHealth } from '../overview/health';
import { stateOf } from './tree';

interface Metadata {
  driverOCDs?: Component[];
  driverChannelDescriptors?: { pid: string; channelDescriptor?: Ad[] }[];
}
const metadata = '/services/wire/v1/metadata';

/** Kinds of drivers with their connection's attributes. */
export const driverKinds = async (): Promise<Component[]> =>
  (await get<Metadata>(`${metadata}/drivers/ocds`)).driverOCDs ?? [];

export async function channelAds(driver: string): Promise<Ad[]> {
  const all = await post<Metadata>(`${metadata}/drivers/channelDescriptors/byPid`, { pids: [driver] });
  return all.driverChannelDescriptors?.[0]?.channelDescriptor ?? [];
}

const pause = () => new Promise((resume) => setTimeout(resume, 250));

/** Waits for what the driver says about its link; undefined when it says nothing. */
export async function linkState(driver: string, looks = 20) {
  for (let i = 0; i < looks; i++) {
    const state = stateOf((await readHealth()).states, 'driver', driver);
    if (state && state.level !== 'STARTING') return state;
    await pause();
  }
  return undefined;
}

/** Waits until the driver's service is there. */
export async function arrived(driver: string, looks = 40): Promise<void> {
  for (let i = 0; i < looks; i++) {
    const { components } = await get<{ components: { pid: string }[] }>('/services/wire/v1/drivers/pids');
    if (components.some((c) => c.pid === driver)) return;
    await pause();
  }
  throw new Error(`${driver}?`);
}

/** The name by which a driver's jobs begin: the last part of its factory's. */
export const family = (factoryPid: string): string => factoryPid.slice(factoryPid.lastIndexOf('.') + 1);

/** The first row of a table for channels of such a driver. */
export const header = (ads: readonly Ad[]): string[] => [
  'asset',
  'driver.pid',
  'name',
  'type',
  'value.type',
  ...ads.map((a) => a.id),
];

/** Rows for addresses that were found: one 16-bit register each. */
export function foundRows(
  asset: string,
  driver: string,
  unit: number,
  ads: readonly Ad[],
  ranges: readonly { from: number; to: number }[],
): string[][] {
  const values = (address: number): Record<string, string> => ({
    'unit.id': String(unit),
    'primary.table': 'HOLDING_REGISTERS',
    'memory.address': String(address),
    'data.type': 'UINT16',
  });
  return ranges.flatMap(({ from, to }) =>
    Array.from({ length: to - from + 1 }, (_, i) => {
      const own = values(from + i);
      return [
        asset,
        driver,
        `holding-${from + i}`,
        'READ',
        'INTEGER',
        ...ads.map((a) => own[a.id] ?? a.defaultValue ?? ''),
      ];
    }),
  );
}

export const asTable = (rows: readonly string[][]): string => rows.map((cells) => cells.join('\t')).join('\n');
