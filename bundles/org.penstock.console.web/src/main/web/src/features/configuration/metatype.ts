import type { Ad, Component, Property } from '../../api/metatype';

export type FieldValue = string | boolean | string[];
export type Values = Record<string, FieldValue>;
export type Errors = Record<string, 'required' | 'number' | 'range' | 'char'>;

const whole = ['INTEGER', 'LONG', 'SHORT', 'BYTE'];
const real = ['DOUBLE', 'FLOAT'];
const textArea = /\s*\|\s*TextArea\s*$/;

export const isMulti = (ad: Ad): boolean => ad.cardinality !== 0;
export const isNumber = (ad: Ad): boolean => whole.includes(ad.type) || real.includes(ad.type);
export const isTarget = (ad: Ad): boolean => ad.type === 'STRING' && ad.id.endsWith('.target');
export const isTextArea = (ad: Ad): boolean => textArea.test(ad.description ?? '');
export const describe = (ad: Ad): string => (ad.description ?? '').replace(textArea, '');

/** Defaults of several values are parted by commas; a backslash escapes. */
export function split(text: string): string[] {
  const out: string[] = [];
  let part = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '\\' && i + 1 < text.length) part += text[++i];
    else if (c === ',') {
      out.push(part);
      part = '';
    } else part += c;
  }
  if (part || out.length > 0) out.push(part);
  return out;
}

function start(ad: Ad, property: Property | undefined): FieldValue {
  const value = property?.value;
  if (isMulti(ad)) {
    if (Array.isArray(value)) return value.map(String);
    return value == null ? split(ad.defaultValue ?? '') : [String(value)];
  }
  if (ad.type === 'BOOLEAN') return value == null ? ad.defaultValue === 'true' : value === true || value === 'true';
  if (ad.type === 'PASSWORD') return '';
  if (value != null) return String(value);
  return (ad.defaultValue ?? '').replace(/\\(.)/g, '$1');
}

/** What the form shows first: what is set, else the default; a password never. */
export function initial(component: Component): Values {
  return Object.fromEntries(
    (component.definition?.ad ?? []).map((ad) => [ad.id, start(ad, component.properties?.[ad.id])]),
  );
}

function fault(ad: Ad, text: string): Errors[string] | undefined {
  if (text === '') return undefined;
  if (ad.type === 'CHAR') return [...text].length === 1 ? undefined : 'char';
  if (real.includes(ad.type)) {
    const n = Number(text);
    if (!Number.isFinite(n)) return 'number';
    return n < Number(ad.min ?? -Infinity) || n > Number(ad.max ?? Infinity) ? 'range' : undefined;
  }
  if (!whole.includes(ad.type)) return undefined;
  if (!/^-?\d+$/.test(text)) return 'number';
  const n = BigInt(text); // a Long may exceed 2^53
  const below = ad.min !== undefined && n < BigInt(ad.min);
  return below || (ad.max !== undefined && n > BigInt(ad.max)) ? 'range' : undefined;
}

/** A password that is required may stay empty: what is set stays. */
export function validate(ads: readonly Ad[], values: Values): Errors {
  const errors: Errors = {};
  for (const ad of ads) {
    const raw = values[ad.id];
    if (typeof raw === 'boolean') continue;
    const list = Array.isArray(raw) ? raw : [raw ?? ''];
    const empty = list.every((v) => v === '');
    if (ad.isRequired && empty && isNumber(ad)) errors[ad.id] = 'required';
    const found = list.map((v) => fault(ad, v)).find((f) => f !== undefined);
    if (found) errors[ad.id] = found;
  }
  return errors;
}

function typed(ad: Ad, text: string): unknown {
  if (ad.type === 'BOOLEAN') return text === 'true';
  if (!isNumber(ad)) return text;
  const n = Number(text);
  return whole.includes(ad.type) && !Number.isSafeInteger(n) ? text : n;
}

function property(ad: Ad, value: FieldValue): Property | null {
  if (typeof value === 'boolean') return { type: ad.type, value };
  if (Array.isArray(value)) return { type: ad.type, value: value.filter((v) => v !== '').map((v) => typed(ad, v)) };
  if (value === '' && isNumber(ad)) return null;
  return { type: ad.type, value: typed(ad, value) };
}

const same = (a: FieldValue | undefined, b: FieldValue | undefined) => JSON.stringify(a) === JSON.stringify(b);

/** The attributes that differ from what the form began with. */
export function changed(ads: readonly Ad[], before: Values, after: Values): Ad[] {
  return ads.filter((ad) => !same(before[ad.id], after[ad.id]));
}

/** What is sent: the changed ones only, so what others changed meanwhile stays. */
export function toProperties(ads: readonly Ad[], before: Values, after: Values): Record<string, Property | null> {
  return Object.fromEntries(changed(ads, before, after).map((ad) => [ad.id, property(ad, after[ad.id] ?? '')]));
}

/** All words of the search must occur in the name, pid or factory. */
export function matches(search: string, ...texts: (string | undefined)[]): boolean {
  const all = texts.join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
