import { describe, expect, it } from 'vitest';
import { completed, proposals, spelled, wordBefore } from './completion';

const channels = ['pump/level', 'pump/speed', 'pump-1/bearing temperature'];

/** Without them the editor could offer names that the gateway refuses. */
describe('completion', () => {
  it('spells channels as the language wants them', () => {
    expect(spelled('pump/level')).toBe('pump/level');
    expect(spelled('pump-1/bearing temperature')).toBe('[pump-1/bearing temperature]');
    expect(spelled('7/level')).toBe('[7/level]');
  });
  it('finds the word at the caret, with its open bracket', () => {
    expect(wordBefore('1 < pump/le', 11)).toEqual({ from: 4, word: 'pump/le' });
    expect(wordBefore('x && [pump-1/b', 14)).toEqual({ from: 5, word: 'pump-1/b' });
    expect(wordBefore('[a/b] > ', 8)).toEqual({ from: 8, word: '' });
  });
  it('offers channels by any part and functions by their beginning', () => {
    expect(proposals('lev', false, channels).map((p) => p.insert)).toEqual(['pump/level']);
    expect(proposals('he', false, channels).map((p) => p.insert)).toEqual(['held(']);
    expect(proposals('bear', true, channels).map((p) => p.insert)).toEqual(['[pump-1/bearing temperature]']);
  });
  it('puts the choice in the place of the word', () => {
    expect(completed('1 < lev', 7, 'pump/level')).toEqual({ text: '1 < pump/level', caret: 14 });
    expect(completed('[bear] > 1', 5, '[pump-1/bearing temperature]')).toEqual({
      text: '[pump-1/bearing temperature] > 1',
      caret: 28,
    });
  });
});
