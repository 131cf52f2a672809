/** What may be completed to: a channel or a function of the expression language. */
export interface Proposal {
  /** As it is written. */
  insert: string;
  /** As it is shown. */
  label: string;
  note: string;
}

/** Functions and words of the language, as distrib/docs/reference/expressions.md has them. */
export const functions: readonly string[] = [
  ...['abs', 'sqrt', 'exp', 'ln', 'log10', 'sin', 'cos', 'tan', 'floor', 'ceil', 'whole'].map((f) => `${f}(x)`),
  ...['round(x, digits)', 'pow(x, y)', 'min(x, y)', 'max(x, y)', 'clamp(x, low, high)', 'bit(n, i)'],
  ...['length(t)', 'upper(t)', 'lower(t)', 'trim(t)', 'contains(t, part)', 'startsWith(t, part)', 'endsWith(t, part)'],
  ...['substring(t, begin, length)', 'text(x, digits)', 'number(t)', 'seconds(d)', 'now()'],
  ...['good(channel)', 'uncertain(channel)', 'bad(channel)', 'quality(channel)', 'age(channel)', 'time(channel)'],
  ...['orElse(x, y)', 'hour(zone)', 'minute(zone)', 'weekday(zone)', 'day(zone)', 'month(zone)'],
  ...["shift('Mon-Fri 06:00-14:00', zone)", "onDay('2026-12-25, 01-01', zone)"],
  ...['held(c, 5 s)', 'lingers(c, 5 s)', 'hysteresis(x, on, off)', 'deadband(x, width)', 'rises(c)', 'falls(c)'],
  ...['changed(x, width)', 'absent(channel, 1 min)', 'sequence(a, b, 10 s)', 'missing(a, b, 10 s)'],
  ...['count', 'sum', 'avg', 'min', 'max', 'stddev', 'delta', 'rate', 'first'].map((f) => `${f}(x, 1 min)`),
  'percentile(x, 95, 1 min)',
];

const bare = /^[\p{L}_][\p{L}\p{N}_.]*\/[\p{L}_][\p{L}\p{N}_.]*$/u;

/** A channel as an expression names it: in brackets unless it is of plain letters. */
export const spelled = (channel: string): string => (bare.test(channel) ? channel : `[${channel}]`);

/** Where the word begins that ends at the caret; an open bracket belongs to it. */
export function wordBefore(text: string, caret: number): { from: number; word: string } {
  const before = text.slice(0, caret);
  const bracket = before.lastIndexOf('[');
  if (bracket >= 0 && !before.includes(']', bracket)) return { from: bracket, word: before.slice(bracket + 1) };
  const word = /[\p{L}_][\p{L}\p{N}_.]*(\/[\p{L}\p{N}_.]*)?$/u.exec(before)?.[0] ?? '';
  return { from: caret - word.length, word };
}

/** At most a dozen: those that begin so before those that contain it, channels before functions. */
export function proposals(word: string, bracketed: boolean, channels: readonly string[]): Proposal[] {
  const asked = word.toLowerCase();
  const fit = (all: readonly string[]) => {
    const begin = all.filter((one) => one.toLowerCase().startsWith(asked));
    return [...begin, ...all.filter((one) => !begin.includes(one) && one.toLowerCase().includes(asked))];
  };
  const found = fit(channels).map((c) => ({ insert: spelled(c), label: c, note: 'channel' }));
  const begins = functions.filter((f) => !bracketed && f.toLowerCase().startsWith(asked));
  const called = begins.map((f) => ({ insert: f.slice(0, f.indexOf('(') + 1), label: f, note: 'function' }));
  return [...found.slice(0, called.length > 0 ? 8 : 12), ...called].slice(0, 12);
}

/** The text with the word before the caret replaced, and where the caret is then. */
export function completed(text: string, caret: number, insert: string): { text: string; caret: number } {
  const { from } = wordBefore(text, caret);
  const rest = text.slice(caret).replace(text[from] === '[' ? /^[^\]]*\]/ : /^(?!)/, '');
  return { text: text.slice(0, from) + insert + rest, caret: from + insert.length };
}
