import { useState } from 'react';
import { configurations } from './api';
import { commit, redo, start, undo } from './history';
import { layout } from './layout';
import {
  below,
  connect,
  cut,
  fault,
  fresh,
  type Graph,
  type Kind,
  type Part,
  paste,
  type Wire,
  without,
} from './model';

/** Copied parts outlive the page: they can be laid into another graph. */
let copied: Graph | undefined;

/** The graph while it is drawn: each change is one step that can be undone. */
export function useDrawing(begun: Graph, pidsElsewhere: ReadonlySet<string>) {
  const [history, setHistory] = useState(() => start(begun));
  const [moving, setMoving] = useState<Graph>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [chosenWires, setChosenWires] = useState<ReadonlySet<string>>(new Set());
  const graph = moving ?? history.present;
  const taken = new Set([...pidsElsewhere, ...graph.parts.map((p) => p.pid)]);

  const choose = (pids: ReadonlySet<string>, wires: ReadonlySet<string> = new Set()) => {
    setChosen(pids);
    setChosenWires(wires);
  };
  const put = (next: Graph) => {
    setMoving(undefined);
    setHistory((h) => commit(h, next));
  };
  const replace = (pid: string, part: Part) =>
    put({ ...graph, parts: graph.parts.map((p) => (p.pid === pid ? part : p)) });

  return {
    graph,
    chosen,
    chosenWires,
    choose,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    undo: () => setHistory(undo),
    redo: () => setHistory(redo),
    restart: (next: Graph) => {
      setMoving(undefined);
      setHistory(start(next));
    },
    /** While a part is dragged; ends with {@link drop}. */
    move: (at: ReadonlyMap<string, { x: number; y: number }>) =>
      setMoving({ ...graph, parts: graph.parts.map((p) => ({ ...p, ...at.get(p.pid) })) }),
    drop: () => moving && put(moving),
    add: (kind: Kind) => {
      const part = fresh(kind, graph, taken);
      put({ ...graph, parts: [...graph.parts, part] });
      choose(new Set([part.pid]));
    },
    place: (pid: string) => {
      const part: Part = { pid, inputs: 1, outputs: 1, ...below(graph), inputNames: {}, outputNames: {} };
      put({ ...graph, parts: [...graph.parts, part] });
      choose(new Set([pid]));
    },
    wire: (wire: Wire) => {
      const why = fault(graph, wire);
      if (!why) put(connect(graph, wire));
      return why;
    },
    remove: (pids: ReadonlySet<string>, wires: ReadonlySet<string>) => {
      if (pids.size + wires.size === 0) return;
      put(without(graph, pids, wires));
      choose(new Set());
    },
    change: (part: Part) => replace(part.pid, part),
    rename: (from: string, to: string) => {
      if (taken.has(to)) return;
      const other = (pid: string) => (pid === from ? to : pid);
      put({
        parts: graph.parts.map((p) => ({ ...p, pid: other(p.pid) })),
        wires: graph.wires.map((w) => ({ ...w, emitter: other(w.emitter), receiver: other(w.receiver) })),
      });
      choose(new Set([to]));
    },
    arrange: () => put(layout(graph)),
    /** Copies what is chosen; what runs already is copied with its configuration. */
    copy: async () => {
      const part = cut(graph, chosen);
      const running = part.parts.filter((p) => !p.make).map((p) => p.pid);
      const found = new Map((await configurations(running)).map((c) => [c.pid, c]));
      const make = (pid: string) => {
        const one = found.get(pid);
        const factoryPid = one?.factoryPid ?? String(one?.properties?.['service.factoryPid']?.value ?? '');
        const own = Object.entries(one?.properties ?? {}).filter(
          ([key]) => !/^(service|kura\.service|component)\./.test(key),
        );
        return factoryPid ? { make: { factoryPid, properties: Object.fromEntries(own) } } : {};
      };
      copied = { ...part, parts: part.parts.map((p) => (p.make ? p : { ...p, ...make(p.pid) })) };
    },
    paste: () => {
      if (!copied) return;
      const { graph: next, pids } = paste(graph, copied, taken);
      put(next);
      choose(pids);
    },
  };
}

export type Drawing = ReturnType<typeof useDrawing>;
