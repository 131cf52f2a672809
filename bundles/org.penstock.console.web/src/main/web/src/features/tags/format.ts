export const qualityKey = { GOOD: 'G', UNCERTAIN: 'U', BAD: 'B' } as const;
export type Mark = 'G' | 'U' | 'B' | undefined;
export const mark = (quality: string | undefined): Mark => qualityKey[quality as keyof typeof qualityKey];

/** A value as it is read: at most six significant decimals. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'number' || Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(7)));
}

/** How old a value is, in the largest unit that says something. */
export function age(at: string | undefined, now: number): string {
  if (!at) return '';
  const s = Math.max(0, Math.floor((now - Date.parse(at)) / 1000));
  if (Number.isNaN(s)) return '';
  if (s < 3) return '< 3 s'; // live; counting it would draw every row twice a second
  if (s < 120) return `${s} s`;
  if (s < 7200) return `${Math.floor(s / 60)} min`;
  return s < 172_800 ? `${Math.floor(s / 3600)} h` : `${Math.floor(s / 86_400)} d`;
}

/** What is written to a channel of this type; undefined when the text is no such value. */
export function parse(text: string, type: string): unknown {
  if (type === 'BOOLEAN') return text === 'true' ? true : text === 'false' ? false : undefined;
  if (type === 'STRING' || type === 'BYTE_ARRAY') return text;
  const n = Number(text);
  if (text.trim() === '' || !Number.isFinite(n)) return undefined;
  return ['INTEGER', 'LONG'].includes(type) && !Number.isInteger(n) ? undefined : n;
}
