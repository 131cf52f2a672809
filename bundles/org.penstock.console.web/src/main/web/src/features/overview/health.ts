import { useQuery } from '@tanstack/react-query';
import { get } from '../../api/client';
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

export function useHealth() {
  return useQuery({ queryKey: ['health'], queryFn: () => get<HealthPage>('/health'), refetchInterval: 2000 });
}
