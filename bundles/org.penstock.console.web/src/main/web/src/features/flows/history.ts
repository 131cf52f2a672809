/** What was, is, and was undone. */
export interface History<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
}

export const start = <T>(present: T): History<T> => ({ past: [], present, future: [] });

export const commit = <T>(h: History<T>, next: T, limit = 100): History<T> =>
  next === h.present ? h : { past: [...h.past, h.present].slice(-limit), present: next, future: [] };

export function undo<T>(h: History<T>): History<T> {
  const previous = h.past.at(-1);
  if (previous === undefined) return h;
  return { past: h.past.slice(0, -1), present: previous, future: [h.present, ...h.future] };
}

export function redo<T>(h: History<T>): History<T> {
  const [next, ...rest] = h.future;
  return next === undefined ? h : { past: [...h.past, h.present], present: next, future: rest };
}
