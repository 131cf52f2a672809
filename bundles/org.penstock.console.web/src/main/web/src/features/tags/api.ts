import { useQuery } from '@tanstack/react-query';
import { get, post } from '../../api/client';
import type { Ad, Component } from '../../api/metatype';
import { type Edit, exported, imported, type TagReport } from '../../api/tables';
import type { Channel } from './TagGrid';

const page = 1000;

interface Page {
  total: number;
  channels: Channel[];
}
const pageAt = (offset: number) => get<Page>(`/api/v1/channels?limit=${page}&offset=${offset}`);

/** Every channel with its last state: the first page says how many there are, the others come side by side. */
export async function allChannels(begun: (first: Channel[]) => void = () => undefined): Promise<Channel[]> {
  const first = await pageAt(0);
  begun(first.channels);
  const offsets = Array.from({ length: Math.max(0, Math.ceil(first.total / page) - 1) }, (_, i) => (i + 1) * page);
  const others = await Promise.all(offsets.map(pageAt));
  return [first, ...others].flatMap((p) => p.channels);
}

export interface EditResult {
  asset: string;
  channel: string;
  ok: boolean;
  message?: string;
}

/** Makes changes, or with check says what would be wrong; those of one asset are made together or not at all. */
export const edit = async (edits: readonly Edit[], check = false): Promise<EditResult[]> =>
  (await post<{ results: EditResult[] }>(`/api/v1/channels/_edit?check=${check}`, { edits })).results;

interface Metadata {
  assetChannelDescriptor?: Ad[];
  driverChannelDescriptors?: { pid: string; channelDescriptor?: Ad[] }[];
}
const metadata = '/services/wire/v1/metadata';

/** The attributes that channels of any driver have, by the keys of a table. */
export const useChannelAds = () =>
  useQuery({
    queryKey: ['channels', 'ads'],
    queryFn: async () => (await get<Metadata>(`${metadata}/assets/channelDescriptor`)).assetChannelDescriptor ?? [],
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The driver's own attributes of an asset's channels. */
export const useDriverAds = (asset: string) =>
  useQuery({
    queryKey: ['channels', 'ads', asset],
    enabled: asset !== '',
    queryFn: async () => {
      const { configs } = await post<{ configs: Component[] }>('/services/wire/v1/configs/byPid', { pids: [asset] });
      const driver = String(configs[0]?.properties?.['driver.pid']?.value ?? '');
      const all = await post<Metadata>(`${metadata}/drivers/channelDescriptors/byPid`, { pids: [driver] });
      return all.driverChannelDescriptors?.[0]?.channelDescriptor ?? [];
    },
  });

const patience = 80;
const pause = () => new Promise((resume) => setTimeout(resume, 250));

/** An asset starts anew after a change: its channels are not listed until it is back. */
async function back(edits: readonly Edit[]): Promise<void> {
  await pause(); // until it has gone
  for (const asset of new Set(edits.map((e) => e.asset)))
    for (let left = patience; left > 0; left--) {
      const { total } = await get<Page>(`/api/v1/channels?limit=1&asset=${encodeURIComponent(asset)}`);
      if (total > 0) break;
      await pause();
    }
}

/** The assets' properties as they are set. */
async function properties(assets: readonly string[]): Promise<Map<string, Record<string, unknown>>> {
  const { configs } = await post<{ configs: Component[] }>('/services/wire/v1/configs/byPid', { pids: assets });
  const plain = (c: Component) => Object.entries(c.properties ?? {}).map(([key, p]) => [key, p.value]);
  return new Map(configs.map((c) => [c.pid, Object.fromEntries(plain(c))]));
}

/** What can be undone, the last change first. */
class Past {
  private readonly steps: (() => Promise<unknown>)[] = [];
  private readonly watchers = new Set<() => void>();

  subscribe = (watcher: () => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };
  size = () => this.steps.length;

  /** Makes changes; undone, each channel has the attributes of before. */
  async edit(edits: readonly Edit[]): Promise<EditResult[]> {
    const before = await properties([...new Set(edits.map((e) => e.asset))]);
    const done = await edit(edits);
    const was = (e: Edit, key: string) => before.get(e.asset)?.[`${e.channel}#${key}`] ?? null;
    const old = edits.map((e) => ({
      ...e,
      properties: Object.fromEntries(Object.keys(e.properties ?? {}).map((key) => [key, was(e, key)])),
    }));
    this.push(() => edit(old).then(() => back(edits)));
    await back(edits);
    return done;
  }

  /** Takes a table in; undone, channels that came are gone, and the others have the table's cells of before. */
  async take(table: Blob | string, options: { format: 'csv' | 'xlsx'; replace: boolean }): Promise<TagReport> {
    const before = await exported([]);
    const done = await imported(table, options);
    this.push(() => imported(before, { replace: true }));
    return done;
  }

  async undo(): Promise<void> {
    const last = this.steps.pop();
    this.tell();
    await last?.();
  }

  private push(step: () => Promise<unknown>) {
    this.steps.push(step);
    if (this.steps.length > 10) this.steps.shift();
    this.tell();
  }

  private tell() {
    for (const watcher of this.watchers) watcher();
  }
}
export const past = new Past();

/** Changes one channel, unless something would be wrong with it; it can be undone. */
export async function setOne(asset: string, channel: string, properties: Record<string, unknown>): Promise<void> {
  const edits: Edit[] = [{ op: 'patch', asset, channel, properties }];
  const [checked] = await edit(edits, true);
  if (checked && !checked.ok) throw new Error(`${asset}/${channel}: ${checked.message}`);
  await past.edit(edits);
}
