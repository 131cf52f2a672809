import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError, del, get, patch, post } from '../../api/client';
import type { Component, Property } from '../../api/metatype';

const root = '/services/configuration/v2';
const components = `${root}/configurableComponents`;
export interface Instance {
  pid: string;
  factoryPid?: string;
}

export const useInstances = () =>
  useQuery({
    queryKey: ['configuration', 'instances'],
    queryFn: async () => (await get<{ components: Instance[] }>(`${components}/pidsWithFactory`)).components,
    refetchInterval: 10_000,
  });

export const useComponent = (pid: string) =>
  useQuery({
    queryKey: ['configuration', 'component', pid],
    queryFn: async () => {
      const { configs } = await post<{ configs: Component[] }>(`${components}/configurations/byPid`, { pids: [pid] });
      if (!configs[0]?.definition) throw new Error(`${pid}?`); // it starts anew after a change: not there for a moment
      return configs[0];
    },
    retry: 20,
    retryDelay: 250,
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useFactories = () =>
  useQuery({
    queryKey: ['configuration', 'factories'],
    queryFn: async () => (await get<{ pids: string[] }>(`${root}/factoryComponents`)).pids,
  });

/** Services that a reference may be bound to. */
export const useTargets = (pid: string, reference: string) =>
  useQuery({
    queryKey: ['configuration', 'targets', pid, reference],
    queryFn: async () =>
      (
        await post<{ pids: string[] }>('/services/serviceListing/v1/servicePids/satisfyingReference', {
          pid,
          referenceName: reference,
        })
      ).pids,
  });

const patience = 20;
const pause = (ms: number) => new Promise((resume) => setTimeout(resume, ms));

/** Changes properties; a component that starts anew because of a change before is waited for. */
export async function apply(pid: string, properties: Record<string, Property | null>): Promise<void> {
  for (let left = patience; ; left--) {
    try {
      await patch<unknown>(`/api/v1/configurations/${encodeURIComponent(pid)}`, { properties });
      return;
    } catch (e) {
      if (!(e instanceof ApiError) || e.status !== 404 || left === 0) throw e;
      await pause(250);
    }
  }
}

export const create = (pid: string, factoryPid: string, properties: Record<string, Property> = {}) =>
  post<unknown>(`${root}/factoryComponents`, { configs: [{ pid, factoryPid, properties }], takeSnapshot: true });

export const remove = (pid: string) =>
  del<unknown>(`${root}/factoryComponents/byPid`, { pids: [pid], takeSnapshot: true });

export const snapshot = (id: number) => post<{ configs: Component[] }>(`${root}/snapshots/byId`, { id });
export const rollback = (id: number) => post<{ id: number }>(`${root}/snapshots/byId/_rollback`, { id });

/** After a change everything about configuration is asked anew. */
export function useRefresh(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['configuration'] });
}
