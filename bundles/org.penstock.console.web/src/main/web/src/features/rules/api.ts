import { useQuery } from '@tanstack/react-query';
import { answerOf, del, get, post } from '../../api/client';
import type { Component } from '../../api/metatype';
import { allChannels } from '../tags/api';

export interface Rule {
  pid: string;
  when: string;
  enabled: boolean;
  active: boolean;
  activeSince?: string;
  level: 'OK' | 'STARTING' | 'DEGRADED' | 'FAILED';
  reason: string;
  references: string[];
  figures: Record<string, number | string>;
}
/** What an expression is worth now, or what is wrong with it and where, from 1. */
export interface Verdict {
  valid: boolean;
  character: number;
  message?: string;
  references: string[];
  value?: string | null;
  quality?: string | null;
}
export interface RuleFault {
  key: string;
  character: number;
  message: string;
}
export interface Saved {
  faults: RuleFault[];
  warnings: string[];
}
const root = '/api/v1/rules';
export const factory = 'org.penstock.flow.rule';

export const useRules = () =>
  useQuery({ queryKey: ['rules'], queryFn: () => get<Rule[]>(root), refetchInterval: 2000 });

/** Asked as a read, which the audit log leaves out; what is too long for an address is asked as it is. */
function verdict(expression: string, type: string): Promise<Verdict> {
  const query = new URLSearchParams({ expression, type }).toString();
  return query.length < 4000
    ? get<Verdict>(`${root}/_check?${query}`)
    : post<Verdict>(`${root}/_check`, { expression, type });
}

/** The value of an expression, each second while it is looked at. */
export const useVerdict = (expression: string, type: string) =>
  useQuery({
    queryKey: ['rules', 'check', type, expression],
    enabled: expression.trim() !== '',
    queryFn: () => verdict(expression, type),
    refetchInterval: 1000,
    staleTime: 0,
    gcTime: 5000,
    retry: false,
  });

/** What a rule can be told, for one that is not yet there. */
export const useDefinition = () =>
  useQuery({
    queryKey: ['rules', 'definition'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const path = '/services/configuration/v2/factoryComponents/ocd/byFactoryPid';
      return (await post<{ configs: Component[] }>(path, { pids: [factory] })).configs[0]?.definition;
    },
  });

/** All channels, as `asset/channel`, with their types. */
export const useChannelTypes = () =>
  useQuery({
    queryKey: ['rules', 'channels'],
    staleTime: 30_000,
    queryFn: async () => new Map((await allChannels()).map((c) => [`${c.asset}/${c.name}`, c.valueType])),
  });

/** Saves a rule if it is right; faults are an answer, not an error. */
export async function saveRule(pid: string, properties: Record<string, unknown>): Promise<Saved> {
  const response = await answerOf(
    `${root}/${encodeURIComponent(pid)}`,
    {
      method: 'PUT',
      body: JSON.stringify({ properties }),
      headers: { 'Content-Type': 'application/json' },
    },
    [422],
  );
  const body = (await response.json()) as Partial<Saved>;
  return { faults: body.faults ?? [], warnings: body.warnings ?? [] };
}

export const removeRule = (pid: string) => del<unknown>(`${root}/${encodeURIComponent(pid)}`);
