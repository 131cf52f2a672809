import { useEffect, useRef, useState } from 'react';
import { show } from '../tags/format';
import type { Flow, Status, Value } from './api';

export interface Rate {
  received: number;
  emitted: number;
}

/** Per second between two looks; a component that began anew counts from nothing. */
export function rates(before: readonly Status[], after: readonly Status[], seconds: number): Map<string, Rate> {
  const old = new Map(before.map((s) => [s.pid, s]));
  const per = (now: number, then = 0) => (now >= then ? now - then : now) / seconds;
  return new Map(
    after.flatMap((s): [string, Rate][] => {
      const was = old.get(s.pid);
      return was ? [[s.pid, { received: per(s.received, was.received), emitted: per(s.emitted, was.emitted) }]] : [];
    }),
  );
}

/** The rates of a graph that is looked at again and again. */
export function useRates(flow: Flow, at: number): Map<string, Rate> {
  const before = useRef<{ at: number; components: Status[] }>({ at: 0, components: [] });
  const [now, setNow] = useState(new Map<string, Rate>());
  useEffect(() => {
    const { at: then, components } = before.current;
    if (at <= then) return;
    if (then > 0) setNow(rates(components, flow.components, (at - then) / 1000));
    before.current = { at, components: flow.components };
  }, [flow, at]);
  return now;
}

/** A value in a few letters. */
export function brief(value: Value | undefined): string {
  if (!value) return '';
  const text = show(value.value);
  return text.length > 18 ? `${text.slice(0, 17)}…` : text;
}

/** The last record's values as lines, name first. */
export const lines = (status: Status | undefined): [string, string][] =>
  Object.entries(status?.last[0] ?? {}).map(([name, value]) => [name, brief(value)]);
