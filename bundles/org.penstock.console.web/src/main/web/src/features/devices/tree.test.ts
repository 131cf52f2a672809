import { expect, it } from 'vitest';
import { stateOf, tree } from './tree';

it('keeps assets whose driver is missing', () => {
  const drivers = [{ pid: 'toy', factoryPid: 'f' }];
  const assets = [
    { pid: 'tank', driver: 'toy' },
    { pid: 'pump', driver: 'gone' },
  ];
  expect(tree(drivers, assets)).toEqual([
    { pid: 'gone', factoryPid: '', assets: ['pump'] },
    { pid: 'toy', factoryPid: 'f', assets: ['tank'] },
  ]);
});
it('finds the state of a driver by room and pid', () => {
  const states = { 'field/asset/toy': 1, 'driver/template/toy': 2 };
  expect(stateOf(states, 'driver', 'toy')).toBe(2);
  expect(stateOf(states, 'driver', 'tank')).toBeUndefined();
});
