import { expect, it, vi } from 'vitest';
import { keyOf, LiveStore } from './liveStore';

it('notifies only rows that changed, once per frame', () => {
  vi.stubGlobal('requestAnimationFrame', () => 1);
  const store = new LiveStore();
  const level = vi.fn();
  const other = vi.fn();
  store.subscribe(keyOf('tank', 'level'), level);
  store.subscribe(keyOf('tank', 'other'), other);
  store.apply({ asset: 'tank', channels: { level: { value: 1, quality: 'GOOD' } } });
  store.apply({ asset: 'tank', channels: { level: { value: 2, quality: 'BAD' } } });
  store.flush();
  expect(level).toHaveBeenCalledTimes(1);
  expect(other).not.toHaveBeenCalled();
  expect(store.get(keyOf('tank', 'level'))?.value).toBe(2);
});
