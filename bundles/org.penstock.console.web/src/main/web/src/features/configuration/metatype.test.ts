import { expect, it } from 'vitest';
import type { Ocd } from '../../api/metatype';
import { initial, validate } from './metatype';

const ocd: Ocd = {
  id: 'p',
  name: 'p',
  ad: [
    {
      id: 'port',
      name: 'Port',
      type: 'Integer',
      cardinality: 0,
      required: true,
      default: '502',
      min: '1',
      max: '65535',
    },
    { id: 'on', name: 'On', type: 'Boolean', cardinality: 0, required: true, default: 'true' },
  ],
};
it('builds defaults and checks ranges', () => {
  expect(initial(ocd)).toEqual({ port: '502', on: true });
  expect(validate(ocd, { port: '70000', on: true })).toEqual({ port: 'range' });
  expect(validate(ocd, { port: '', on: true })).toEqual({ port: 'required' });
  expect(validate(ocd, { port: '5x', on: true })).toEqual({ port: 'number' });
});
