import { imported } from '../../api/tables';
import { apply } from '../configuration/api';
import { type Device, labelOf, type Offer } from './api';

const asked = 60_000;

/** The asset of a device: what people call it and the end of its address, so that two of one kind are two assets. */
export const assetOf = (device: Pick<Device, 'name' | 'model' | 'ieee'>): string =>
  `${labelOf(device)
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^-+|-+$/g, '')}-${device.ieee.slice(-4)}`;

/** These channels as the gateway's table of them: a row for each, a column for each property that one of them has. */
export function tableOf(asset: string, driver: string, offers: readonly Offer[]): string {
  const keys = [...new Set(offers.flatMap((o) => Object.keys(o.properties)))].sort();
  const rows = offers.map((o) => [asset, driver, o.name, ...keys.map((key) => o.properties[key] ?? '')]);
  const head = ['asset', 'driver.pid', 'name', ...keys.map((key) => key.replace(/^\+/, ''))];
  return [head, ...rows].map((cells) => cells.join('\t')).join('\n');
}

/** Makes the asset, or gives the one that is there these channels; values that are not told are asked each minute. */
export async function makeAsset(driver: string, device: Device, offers: readonly Offer[]): Promise<string> {
  const asset = assetOf(device);
  const report = await imported(tableOf(asset, driver, offers), {});
  const wrong = report.problems.map((p) => `${p.column} ${p.value}: ${p.problem}`);
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  await apply(asset, { 'poll.interval.ms': { type: 'LONG', value: asked } });
  return asset;
}
