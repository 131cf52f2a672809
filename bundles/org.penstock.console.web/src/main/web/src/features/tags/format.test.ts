import { expect, it } from 'vitest';
import { age, mark, parse, show } from './format';

it('shows values shortly and ages in their largest unit', () => {
  expect(show(3.659861812045329)).toBe('3.659862');
  expect(show(false)).toBe('false');
  expect(show(undefined)).toBe('');
  const now = Date.parse('2026-01-02T00:00:00Z');
  expect(age('2026-01-01T23:59:58Z', now)).toBe('< 3 s');
  expect(age('2026-01-01T23:59:57Z', now)).toBe('3 s');
  expect(age('2026-01-01T23:00:00Z', now)).toBe('60 min');
  expect(age('2026-01-01T20:00:00Z', now)).toBe('4 h');
});
it('refuses what is no value of the type', () => {
  expect(parse('7', 'INTEGER')).toBe(7);
  expect(parse('7.5', 'INTEGER')).toBeUndefined();
  expect(parse('', 'DOUBLE')).toBeUndefined();
  expect(parse('true', 'BOOLEAN')).toBe(true);
  expect(parse('yes', 'BOOLEAN')).toBeUndefined();
  expect(mark('NONE')).toBeUndefined();
});
