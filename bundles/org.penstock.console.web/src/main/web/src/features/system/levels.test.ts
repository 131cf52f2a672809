import { expect, it } from 'vitest';
import { loggerLevels, text } from './levels';

/** Without it a change of one logger's level could lose those of the others. */
it('reads levels as they are configured and writes them back', () => {
  const set = loggerLevels(['a.b=DEBUG', ' ROOT = WARN ']);
  expect([...set]).toEqual([
    ['a.b', 'DEBUG'],
    ['ROOT', 'WARN'],
  ]);
  expect(text(set.set('c', 'OFF'))).toEqual(['a.b=DEBUG', 'ROOT=WARN', 'c=OFF']);
  expect(loggerLevels(undefined).size).toBe(0);
});
