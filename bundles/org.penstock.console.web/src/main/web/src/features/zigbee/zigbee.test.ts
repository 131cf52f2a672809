import { describe, expect, it } from 'vitest';
import { type Device, deviceState } from './api';
import { assetOf, tableOf } from './asset';
import { draw } from './map';

const device = (ieee: string, router: boolean, name = ''): Device => ({
  ieee,
  name,
  manufacturer: 'eWeLink',
  model: 'TH01',
  networkAddress: 1,
  router,
  sleepy: !router,
  interviewed: true,
  problem: '',
});

describe('a device', () => {
  it('that says what is wrong is a warning, a silent one is off', () => {
    const well = { problem: '', interviewed: true, lastSeen: '2026-11-28T10:00:00Z' };
    expect(deviceState(well)).toBe('ok');
    expect(deviceState({ ...well, lastSeen: null })).toBe('off');
    expect(deviceState({ ...well, interviewed: false })).toBe('info');
    expect(deviceState({ ...well, interviewed: false, problem: 'no answer' })).toBe('warn');
  });
});

/** Without it two devices of one kind could share an asset, or a channel stand below another's address. */
describe('an asset of a device', () => {
  it('is named so that no other device has it', () => {
    expect(assetOf(device('0x00158d0001dc126a', false))).toBe('th01-126a');
    expect(assetOf(device('0x00158d0001dc126b', false, 'Büro / Nord'))).toBe('b-ro-nord-126b');
  });

  it('is a table with a column for each property that any channel has', () => {
    const offers = [
      { name: 'on', properties: { '+type': 'READ_WRITE', cluster: '6' } },
      { name: 'power', properties: { '+type': 'READ', cluster: '2820', scale: '0.1' } },
    ];
    expect(tableOf('a', 'zb', offers)).toBe(
      'asset\tdriver.pid\tname\ttype\tcluster\tscale\na\tzb\ton\tREAD_WRITE\t6\t\na\tzb\tpower\tREAD\t2820\t0.1',
    );
  });
});

describe('the map', () => {
  const devices = [device('r1', true), device('e1', false), device('r2', true), device('e2', false)];
  const link = (by: string, neighbour: string, linkQuality: number, relation = 'none') => ({
    by,
    neighbour,
    linkQuality,
    relation,
  });
  const links = [link('c', 'r1', 90), link('r1', 'c', 40), link('r2', 'e1', 200, 'child'), link('r1', 'gone', 9)];
  const drawing = draw('c', devices, links, 'Coordinator');

  it('has one line for two that hear each other, as good as the worse side', () => {
    expect(drawing.edges.map((e) => [e.a.ieee, e.b.ieee, e.quality])).toEqual([
      ['r1', 'c', 40],
      ['r2', 'e1', 200],
    ]);
  });

  it('has all nodes inside of the drawing, none on another', () => {
    expect(drawing.nodes).toHaveLength(5);
    for (const n of drawing.nodes) {
      expect(Math.min(n.x, n.y)).toBeGreaterThanOrEqual(0);
      expect(n.x).toBeLessThanOrEqual(drawing.width);
      expect(n.y).toBeLessThanOrEqual(drawing.height);
      const near = drawing.nodes.filter((o) => o !== n && Math.hypot(o.x - n.x, o.y - n.y) < 60);
      expect(near).toEqual([]);
    }
  });
});
