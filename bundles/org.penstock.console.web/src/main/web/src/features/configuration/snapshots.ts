import { useQuery } from '@tanstack/react-query';
import { get, patch, post, put } from '../../api/client';
import type { Component } from '../../api/metatype';

/** A snapshot and what is known of it. */
export interface Entry {
  id: number;
  taken: string;
  author: string;
  name: string;
  comment: string;
}
/** One key that differs; secrets are masked. */
export interface Change {
  pid: string;
  key: string;
  before?: string | null;
  after?: string | null;
  kind: string;
}
const root = '/api/v1/snapshots';
const kura = '/services/configuration/v2';

/** Newest first. */
export const useEntries = () =>
  useQuery({
    queryKey: ['configuration', 'snapshots'],
    queryFn: async () => (await get<{ snapshots: Entry[] }>(root)).snapshots.toReversed(),
  });

/** What differs between a snapshot and now. */
export const useDifference = (id: number) =>
  useQuery({
    queryKey: ['configuration', 'difference', id],
    queryFn: async () => (await get<{ differences: Change[] }>(`${root}/diff?from=${id}`)).differences,
  });

export const take = (name: string) => post<Entry>(root, { name });
export const describeSnapshot = (id: number, name: string) => patch<Entry>(`${root}/${id}`, { name });
/** Takes some components back and leaves all others alone. */
export const restore = (id: number, pids: readonly string[]) => post<Entry>(`${root}/${id}/_restore`, { pids });

/** The components of a downloaded snapshot; throws when the text is none. */
export function parseSnapshot(text: string): Component[] {
  const { configs } = JSON.parse(text) as { configs?: Component[] };
  if (!Array.isArray(configs) || configs.length === 0 || configs.some((c) => typeof c.pid !== 'string'))
    throw new Error('no configs');
  return configs;
}

/** Makes the components that are not there, changes those that are, takes one snapshot. */
export async function uploadSnapshot(configs: readonly Component[]): Promise<void> {
  const { pids } = await get<{ pids: string[] }>(`${kura}/configurableComponents`);
  const plain = configs.map((c) => {
    const own = Object.entries(c.properties ?? {}).filter(([key]) => !/^(kura\.)?service\./.test(key));
    const factoryPid = c.factoryPid ?? c.properties?.['service.factoryPid']?.value;
    return { pid: c.pid, ...(factoryPid ? { factoryPid } : {}), properties: Object.fromEntries(own) };
  });
  const fresh = plain.filter((c) => c.factoryPid && !pids.includes(c.pid));
  if (fresh.length > 0) await post<unknown>(`${kura}/factoryComponents`, { configs: fresh, takeSnapshot: false });
  await put<unknown>(`${kura}/configurableComponents/configurations/_update`, {
    configs: plain.filter((c) => pids.includes(c.pid)),
    takeSnapshot: true,
  });
}
