import { describe, expect, it } from 'vitest';
import { type Alarm, type AlarmState, operations, ordered, tagOf } from './api';

const alarm = (name: string, state: AlarmState, priority: Alarm['priority'] = 'MEDIUM'): Alarm => ({
  ...{ name, state, priority, message: '', group: '', source: '', by: '', comment: '', raised: 1 },
  ...{ active: true, acknowledged: state !== 'UNACKNOWLEDGED', firstOut: false },
});

/** Without them what wants somebody could stand below what does not. */
describe('alarms', () => {
  it('stand in the order in which they want somebody', () => {
    const all = [
      alarm('a', 'SHELVED', 'URGENT'),
      alarm('b', 'ACKNOWLEDGED', 'URGENT'),
      alarm('c', 'UNACKNOWLEDGED', 'LOW'),
      alarm('d', 'UNACKNOWLEDGED', 'HIGH'),
    ];
    expect(ordered(all).map((a) => a.name)).toEqual(['d', 'c', 'b', 'a']);
  });
  it('have colour only while they are announced', () => {
    expect(tagOf(alarm('a', 'UNACKNOWLEDGED', 'URGENT'))).toBe('alarm');
    expect(tagOf(alarm('a', 'ACKNOWLEDGED', 'LOW'))).toBe('warn');
    expect(tagOf(alarm('a', 'SHELVED', 'URGENT'))).toBe('off');
    expect(tagOf(alarm('a', 'NORMAL', 'URGENT'))).toBe('ok');
  });
  it('offer what their state allows', () => {
    expect(operations(alarm('a', 'UNACKNOWLEDGED'))).toEqual(['acknowledge', 'shelve', 'takeOut']);
    expect(operations(alarm('a', 'SHELVED'))).toEqual(['unshelve', 'takeOut']);
    expect(operations(alarm('a', 'OUT_OF_SERVICE'))).toEqual(['putBack']);
  });
});
