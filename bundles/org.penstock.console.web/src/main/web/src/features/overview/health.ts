import { useQuery } from '@tanstack/react-query';
import { answerOf } from '../../api/client';
import type { State } from '../../app/StateTag';

export interface SourceState {
  level: 'OK' | 'STARTING' | 'DEGRADED' | 'FAILED';
  reason: string;
  since: string;
  figures: Record<string, number | string>;
}
export interface HealthPage {
  level: string;
  ready: boolean;
  states: Record<string, SourceState>;
}

export const tag: Record<SourceState['level'], State> = {
  OK: 'ok',
  STARTING: 'info',
  DEGRADED: 'warn',
  FAILED: 'alarm',
};

/** The health page; it is answered with 503 while something fails. */
export const readHealth = async (): Promise<HealthPage> =>
  (await answerOf('/health', {}, [503])).json() as Promise<HealthPage>;

export function useHealth() {
  return useQuery({ queryKey: ['health'], queryFn: readHealth, refetchInterval: 2000 });
}
