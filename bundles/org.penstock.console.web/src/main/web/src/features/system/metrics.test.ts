import { expect, it } from 'vitest';
import { metrics } from './metrics';

it('reads names with labels that hold spaces', () => {
  expect(metrics('# TYPE a untyped\na{source="x y"} 5\nb 7.5\n')).toEqual([
    ['a{source="x y"}', '5'],
    ['b', '7.5'],
  ]);
});
