import { expect, it } from 'vitest';
import type { Ad, Component } from '../../api/metatype';
import { describe, initial, isTextArea, matches, split, toProperties, validate } from './metatype';

const ad = (id: string, type: string, more: Partial<Ad> = {}): Ad => ({
  id,
  name: id,
  type,
  cardinality: 0,
  isRequired: true,
  ...more,
});
const ads = [
  ad('port', 'INTEGER', { defaultValue: '502', min: '1', max: '65535' }),
  ad('on', 'BOOLEAN', { defaultValue: 'true' }),
  ad('secret', 'PASSWORD'),
  ad('list', 'STRING', { cardinality: 2147483647, defaultValue: 'a,b\\,c' }),
];
const component: Component = {
  pid: 'p',
  definition: { id: 'p', name: 'P', ad: ads },
  properties: { port: { type: 'INTEGER', value: 503 }, secret: { type: 'PASSWORD', value: 'placeholder' } },
};

it('begins with what is set, else with the default, and never shows a password', () => {
  expect(initial(component)).toEqual({ port: '503', on: true, secret: '', list: ['a', 'b,c'] });
});
it('checks numbers and ranges, also beyond 2^53', () => {
  const port = (value: string) => validate(ads, { ...initial(component), port: value });
  expect(port('70000')).toEqual({ port: 'range' });
  expect(port('')).toEqual({ port: 'required' });
  expect(port('5x')).toEqual({ port: 'number' });
  expect(port('80')).toEqual({});
  const long = [ad('n', 'LONG', { max: '9007199254740993' })];
  expect(validate(long, { n: '9007199254740994' })).toEqual({ n: 'range' });
});
it('sends only what was changed, typed', () => {
  const before = initial(component);
  expect(toProperties(ads, before, before)).toEqual({});
  expect(toProperties(ads, before, { ...before, port: '80', list: ['x', ''] })).toEqual({
    port: { type: 'INTEGER', value: 80 },
    list: { type: 'STRING', value: ['x'] },
  });
});
it('knows text areas by the end of the description', () => {
  const area = ad('t', 'STRING', { description: 'The script|TextArea' });
  expect(isTextArea(area)).toBe(true);
  expect(describe(area)).toBe('The script');
});
it('parts defaults at commas that are not escaped', () => expect(split('a,b\\,c,')).toEqual(['a', 'b,c', '']));
it('finds by every word', () => {
  expect(matches('wire timer', 'clock', 'org.eclipse.kura.wire.Timer')).toBe(true);
  expect(matches('wire modbus', 'clock', 'org.eclipse.kura.wire.Timer')).toBe(false);
});
