import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { get, post } from '../../api/client';
import type { State } from '../../app/StateTag';

/** States of ISA-18.2. */
export type AlarmState =
  | 'NORMAL'
  | 'UNACKNOWLEDGED'
  | 'ACKNOWLEDGED'
  | 'RETURNED_UNACKNOWLEDGED'
  | 'SHELVED'
  | 'SUPPRESSED'
  | 'OUT_OF_SERVICE';
export type Operation = 'acknowledge' | 'shelve' | 'unshelve' | 'takeOut' | 'putBack';
export interface Alarm {
  name: string;
  state: AlarmState;
  priority: 'LOW' | 'MEDIUM' | 'HIGH' | 'URGENT';
  message: string;
  group: string;
  source: string;
  active: boolean;
  acknowledged: boolean;
  firstOut: boolean;
  activeAt?: string;
  changedAt?: string;
  shelvedUntil?: string;
  by: string;
  comment: string;
  raised: number;
}
export interface Entry {
  kind: string;
  time: string;
  alarm: string;
  state: string;
  priority?: string;
  message?: string;
  source?: string;
  by?: string;
  comment?: string;
  until?: string;
}
const root = '/api/v1/alarms';
const ranks = { URGENT: 0, HIGH: 1, MEDIUM: 2, LOW: 3 } as const;
const calls: Record<AlarmState, number> = {
  UNACKNOWLEDGED: 0,
  RETURNED_UNACKNOWLEDGED: 1,
  ACKNOWLEDGED: 2,
  SHELVED: 3,
  SUPPRESSED: 4,
  OUT_OF_SERVICE: 5,
  NORMAL: 6,
};

/** What wants somebody first: unacknowledged before acknowledged, urgent before low, new before old. */
export const ordered = (alarms: readonly Alarm[]): Alarm[] =>
  alarms.toSorted(
    (a, b) =>
      calls[a.state] - calls[b.state] ||
      ranks[a.priority] - ranks[b.priority] ||
      (b.activeAt ?? '').localeCompare(a.activeAt ?? '') ||
      a.name.localeCompare(b.name),
  );

/** Colour for what is active and announced only; urgent and high are alarms, the others warnings. */
export function tagOf(alarm: Pick<Alarm, 'state' | 'priority'>): State {
  if (['SHELVED', 'SUPPRESSED', 'OUT_OF_SERVICE'].includes(alarm.state)) return 'off';
  if (alarm.state === 'NORMAL') return 'ok';
  if (alarm.state === 'RETURNED_UNACKNOWLEDGED') return 'info';
  return ranks[alarm.priority] < ranks.MEDIUM ? 'alarm' : 'warn';
}

/** What can be done to an alarm in its state. */
export function operations(alarm: Pick<Alarm, 'state' | 'acknowledged'>): Operation[] {
  if (alarm.state === 'OUT_OF_SERVICE') return ['putBack'];
  const can: Operation[] = alarm.acknowledged ? [] : ['acknowledge'];
  can.push(alarm.state === 'SHELVED' ? 'unshelve' : 'shelve', 'takeOut');
  return can;
}

export const useAlarms = (all: boolean, enabled = true) =>
  useQuery({
    queryKey: ['alarms', all],
    enabled,
    queryFn: () => get<{ flood: boolean; alarms: Alarm[] }>(`${root}?all=${all}`),
    refetchInterval: 10_000,
  });

export const useJournal = (alarm: string) =>
  useQuery({
    queryKey: ['alarms', 'journal', alarm],
    queryFn: () => get<Entry[]>(`${root}/_journal?count=200${alarm ? `&alarm=${encodeURIComponent(alarm)}` : ''}`),
  });

export const operate = (name: string, operation: Operation, comment: string, minutes: number) =>
  post<Alarm>(`${root}/${encodeURIComponent(name)}/${operation}`, {
    comment,
    ...(operation === 'shelve' ? { minutes } : {}),
  });

/** Asks anew when the gateway says that an alarm has changed, at most four times a second. */
export function useAlarmStream(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const source = new EventSource('/api/v1/events?types=alarms');
    let timer: ReturnType<typeof setTimeout> | undefined;
    source.addEventListener('alarms', () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: ['alarms'] });
      }, 250);
    });
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [queries]);
}
