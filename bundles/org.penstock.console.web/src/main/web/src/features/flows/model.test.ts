import { expect, it } from 'vitest';
import { commit, redo, start, undo } from './history';
import { layout } from './layout';
import {
  changes,
  connect,
  cut,
  difference,
  fault,
  freePid,
  type Graph,
  type Part,
  paste,
  read,
  without,
  write,
} from './model';

const part = (pid: string, inputs = 1, outputs = 1): Part => ({
  pid,
  inputs,
  outputs,
  x: 0,
  y: 0,
  inputNames: {},
  outputNames: {},
  make: { factoryPid: `f.${pid}`, properties: {} },
});
const wire = (emitter: string, receiver: string, receiverPort = 0) => ({
  emitter,
  emitterPort: 0,
  receiver,
  receiverPort,
});
const graph: Graph = { parts: [part('a'), part('b'), part('c')], wires: [wire('a', 'b'), wire('b', 'c')] };

it('says why a wire can’t be drawn', () => {
  expect(fault(graph, wire('a', 'a'))).toBe('self');
  expect(fault(graph, wire('a', 'b'))).toBe('twice');
  expect(fault(graph, wire('a', 'b', 1))).toBe('port');
  expect(fault(graph, wire('c', 'a'))).toBe('circle');
  expect(fault(graph, wire('a', 'c'))).toBeUndefined();
  expect(connect(graph, wire('c', 'a'))).toBe(graph);
});
it('takes a part’s wires away with it', () => {
  expect(without(graph, new Set(['b']), new Set()).wires).toEqual([]);
  expect(without(graph, new Set(), new Set(['a:0>b:0'])).wires).toEqual([wire('b', 'c')]);
});
it('pastes under new names with the wires among them', () => {
  const { graph: pasted, pids } = paste(graph, cut(graph, new Set(['a', 'b'])), new Set(['a', 'b', 'c']));
  expect([...pids]).toEqual(['a-2', 'b-2']);
  expect(pasted.wires.slice(2)).toEqual([wire('a-2', 'b-2')]);
  expect(freePid('x', new Set(['x', 'x-2']))).toBe('x-3');
});
it('counts what is to be applied', () => {
  const after = connect(without(graph, new Set(['b']), new Set()), wire('a', 'c'));
  const d = difference(
    { ...graph, parts: graph.parts.map(({ make, ...rest }) => rest) },
    {
      ...after,
      parts: after.parts.map(({ make, ...rest }) => ({ ...rest, x: 8 })),
    },
  );
  expect(d).toEqual({
    added: [],
    removed: ['b'],
    changed: [],
    moved: 2,
    wired: ['a.0 → c.0'],
    unwired: ['a.0 → b.0', 'b.0 → c.0'],
  });
  expect(changes(d)).toBe(6);
});
it('reads what it writes', () => {
  const plain = { ...graph, parts: graph.parts.map(({ make, ...rest }) => rest) };
  expect(read(write(plain))).toEqual(plain);
});
it('lays emitters left of receivers, and the unconnected below', () => {
  const laid = layout({ ...graph, parts: [...graph.parts, part('alone')] });
  const at = (pid: string) => laid.parts.find((p) => p.pid === pid) ?? part('none');
  expect(at('a').x).toBeLessThan(at('b').x);
  expect(at('b').x).toBeLessThan(at('c').x);
  expect(at('alone').y).toBeGreaterThan(at('a').y);
});
it('undoes and redoes', () => {
  const h = commit(commit(start('a'), 'b'), 'c');
  expect(undo(h).present).toBe('b');
  expect(redo(undo(h)).present).toBe('c');
  expect(commit(undo(h), 'd').future).toHaveLength(0);
});
