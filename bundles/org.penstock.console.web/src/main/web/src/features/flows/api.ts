import { useQuery } from '@tanstack/react-query';
import { ApiError, call, del, get, post, put } from '../../api/client';
import type { Ad, Component, Property } from '../../api/metatype';
import { type Graph, type Kind, type Topology, write } from './model';

export interface Value {
  type: string;
  value: unknown;
}
export type Records = Record<string, Value>[];

/** How one component of a graph does. */
export interface Status {
  pid: string;
  present: boolean;
  received: number;
  failed: number;
  emitted: number;
  totalNanos: number;
  longestNanos: number;
  aside: boolean;
  waiting: number;
  dropped: number;
  trouble: string;
  lastError: string;
  lastAt: number;
  last: Records;
}
export interface Flow {
  name: string;
  graph: Topology;
  components: Status[];
}
export interface Heard {
  number: number;
  at: number;
  emitter: string;
  emitterPort: number;
  receiver: string;
  receiverPort: number;
  records: Records;
}
export interface DefinedKind extends Kind {
  componentOCD?: Ad[];
}

const root = '/api/v1/flows';
const path = (name: string) => `${root}/${encodeURIComponent(name)}`;
const component = (name: string, pid: string) => `${path(name)}/components/${encodeURIComponent(pid)}`;

/** The component that holds the main graph. */
const holder = (name: string) => (name === 'main' ? 'org.eclipse.kura.wire.graph.WireGraphService' : name);

export const useFlows = () =>
  useQuery({
    queryKey: ['flows'],
    queryFn: async () => (await get<{ flows: { name: string; components: number }[] }>(root)).flows,
  });

export const readFlow = (name: string) => get<Flow>(path(name));

/** The graph with its figures, each second. */
export const useFlow = (name: string) =>
  useQuery({
    queryKey: ['flows', name],
    queryFn: () => readFlow(name),
    refetchInterval: 1000,
    retry: (count, e) => !(e instanceof ApiError && e.status === 404) && count < 3,
  });

export const useKinds = () =>
  useQuery({
    queryKey: ['flows', 'kinds', 'all'],
    queryFn: async () =>
      (
        await get<{ wireComponentDefinitions: DefinedKind[] }>('/services/wire/v1/metadata/wireComponents/definitions')
      ).wireComponentDefinitions.toSorted((a, b) => a.factoryPid.localeCompare(b.factoryPid)),
  });

export const makeFlow = (name: string) => post<unknown>(path(name));
export const deleteFlow = (name: string) => del<unknown>(path(name));

/** Puts the drawn graph in the place of the one before, whole or not at all; with seconds it reverts unless kept. */
export function applyFlow(name: string, graph: Graph, seconds = 0): Promise<unknown> {
  const wanted: Record<string, Property> = { WireGraph: { type: 'STRING', value: JSON.stringify(write(graph)) } };
  const parts = graph.parts.map(({ pid, make }) => (make ? { pid, ...make } : { pid, properties: {} }));
  const query = seconds > 0 ? `?revert.seconds=${seconds}` : '';
  return put<unknown>(`${path(name)}${query}`, { configs: [{ pid: holder(name), properties: wanted }, ...parts] });
}

export const tap = async (name: string, pid: string, after: number): Promise<Heard[]> =>
  (await get<{ heard: Heard[] }>(`${component(name, pid)}/tap?after=${after}`)).heard;
export const untap = (name: string, pid: string) => call<unknown>('DELETE', `${component(name, pid)}/tap`);
export const inject = async (name: string, pid: string, side: string, port: number, records: unknown) =>
  (await post<{ receivers: number }>(`${component(name, pid)}/inject`, { side, port, records })).receivers;

/** What components are configured with, to be copied. */
export async function configurations(pids: readonly string[]): Promise<Component[]> {
  if (pids.length === 0) return [];
  return (await post<{ configs: Component[] }>('/services/wire/v1/configs/byPid', { pids })).configs;
}
