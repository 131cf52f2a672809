import type { Ad, Ocd } from '../../api/metatype';

export type FieldValue = string | boolean | string[];
export type Errors = Record<string, 'required' | 'number' | 'range'>;
export const isMulti = (ad: Ad): boolean => ad.cardinality !== 0;
export function initial(ocd: Ocd): Record<string, FieldValue> {
  return Object.fromEntries(
    ocd.ad.map((ad) => [
      ad.id,
      ad.type === 'Boolean' ? ad.default === 'true' : isMulti(ad) ? (ad.default?.split(',') ?? []) : (ad.default ?? ''),
    ]),
  );
}
export function validate(ocd: Ocd, values: Record<string, FieldValue>): Errors {
  const errors: Errors = {};
  for (const ad of ocd.ad) {
    const raw = values[ad.id];
    if (typeof raw === 'boolean') continue;
    const list = Array.isArray(raw) ? raw : [raw ?? ''];
    if (ad.required && list.every((v) => v === '')) errors[ad.id] = 'required';
    if (!['Integer', 'Long', 'Double'].includes(ad.type)) continue;
    for (const v of list) {
      if (v === '') continue;
      const ok = ad.type === 'Double' ? Number.isFinite(Number(v)) : /^-?\d+$/.test(v);
      if (!ok) errors[ad.id] = 'number';
      // Long may exceed 2^53: compare as BigInt
      else if (
        ad.type === 'Double'
          ? Number(v) < Number(ad.min ?? -Infinity) || Number(v) > Number(ad.max ?? Infinity)
          : (ad.min !== undefined && BigInt(v) < BigInt(ad.min)) || (ad.max !== undefined && BigInt(v) > BigInt(ad.max))
      )
        errors[ad.id] = 'range';
    }
  }
  return errors;
}
