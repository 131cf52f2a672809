import type { Property } from '../../api/metatype';

/** A component in a graph; one that is new has a factory and the properties to make it with. */
export interface Part {
  pid: string;
  inputs: number;
  outputs: number;
  x: number;
  y: number;
  inputNames: Record<string, string>;
  outputNames: Record<string, string>;
  make?: { factoryPid: string; properties: Record<string, Property> };
}

export interface Wire {
  emitter: string;
  emitterPort: number;
  receiver: string;
  receiverPort: number;
}

/** A graph as it is drawn. */
export interface Graph {
  parts: readonly Part[];
  wires: readonly Wire[];
}

/** The graph as the gateway writes it. */
export interface Topology {
  components: {
    pid: string;
    inputPortCount: number;
    outputPortCount: number;
    renderingProperties: {
      position: { x: number; y: number };
      inputPortNames: Record<string, string>;
      outputPortNames: Record<string, string>;
    };
  }[];
  wires: Wire[];
}

/** A kind of component. */
export interface Kind {
  factoryPid: string;
  minInputPorts: number;
  maxInputPorts: number;
  defaultInputPorts: number;
  minOutputPorts: number;
  maxOutputPorts: number;
  defaultOutputPorts: number;
  inputPortNames?: Record<string, string>;
  outputPortNames?: Record<string, string>;
}

export const wireId = (w: Wire): string => `${w.emitter}:${w.emitterPort}>${w.receiver}:${w.receiverPort}`;

export const shortName = (factoryPid: string): string => factoryPid.slice(factoryPid.lastIndexOf('.') + 1);

export function read(topology: Topology): Graph {
  return {
    parts: topology.components.map((c) => ({
      pid: c.pid,
      inputs: c.inputPortCount,
      outputs: c.outputPortCount,
      x: c.renderingProperties.position.x,
      y: c.renderingProperties.position.y,
      inputNames: c.renderingProperties.inputPortNames,
      outputNames: c.renderingProperties.outputPortNames,
    })),
    wires: topology.wires,
  };
}

export function write(graph: Graph): Topology {
  return {
    components: graph.parts.map((p) => ({
      pid: p.pid,
      inputPortCount: p.inputs,
      outputPortCount: p.outputs,
      renderingProperties: {
        position: { x: Math.round(p.x), y: Math.round(p.y) },
        inputPortNames: p.inputNames,
        outputPortNames: p.outputNames,
      },
    })),
    wires: graph.wires.map(({ emitter, emitterPort, receiver, receiverPort }) => ({
      emitter,
      emitterPort,
      receiver,
      receiverPort,
    })),
  };
}

/** A name that nobody has. */
export function freePid(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/-\d+$/, '');
  let n = 2;
  while (taken.has(`${stem}-${n}`)) n++;
  return `${stem}-${n}`;
}

/** A new part of this kind, below all others. */
export function fresh(kind: Kind, graph: Graph, taken: ReadonlySet<string>): Part {
  return {
    pid: freePid(shortName(kind.factoryPid).toLowerCase(), taken),
    inputs: kind.defaultInputPorts,
    outputs: kind.defaultOutputPorts,
    ...below(graph),
    inputNames: kind.inputPortNames ?? {},
    outputNames: kind.outputPortNames ?? {},
    make: { factoryPid: kind.factoryPid, properties: {} },
  };
}

/** Where a part is laid that nobody has placed. */
export function below(graph: Graph): { x: number; y: number } {
  if (graph.parts.length === 0) return { x: 0, y: 0 };
  const lowest = Math.max(...graph.parts.map((p) => p.y));
  const left = Math.min(...graph.parts.map((p) => p.x));
  return { x: left, y: lowest + 72 };
}

export type Fault = 'self' | 'port' | 'twice' | 'circle';

/** Why a wire can't be drawn; undefined when it can. */
export function fault(graph: Graph, wire: Wire): Fault | undefined {
  const { emitter, receiver } = wire;
  if (emitter === receiver) return 'self';
  const from = graph.parts.find((p) => p.pid === emitter);
  const to = graph.parts.find((p) => p.pid === receiver);
  if (!from || !to || wire.emitterPort >= from.outputs || wire.receiverPort >= to.inputs) return 'port';
  if (graph.wires.some((w) => wireId(w) === wireId(wire))) return 'twice';
  return reaches(graph, receiver, emitter) ? 'circle' : undefined;
}

function reaches(graph: Graph, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    for (const w of graph.wires) if (w.emitter === at) open.push(w.receiver);
  }
  return false;
}

export const connect = (graph: Graph, wire: Wire): Graph =>
  fault(graph, wire) ? graph : { ...graph, wires: [...graph.wires, wire] };

/** Without these parts, their wires, and these wires. */
export function without(graph: Graph, pids: ReadonlySet<string>, wires: ReadonlySet<string>): Graph {
  return {
    parts: graph.parts.filter((p) => !pids.has(p.pid)),
    wires: graph.wires.filter((w) => !pids.has(w.emitter) && !pids.has(w.receiver) && !wires.has(wireId(w))),
  };
}

/** Parts with the wires among them, to be laid into a graph under names of their own. */
export function cut(graph: Graph, pids: ReadonlySet<string>): Graph {
  return {
    parts: graph.parts.filter((p) => pids.has(p.pid)),
    wires: graph.wires.filter((w) => pids.has(w.emitter) && pids.has(w.receiver)),
  };
}

/** Lays what was copied beside, under new names; parts that can't be made anew are left out. */
export function paste(graph: Graph, copied: Graph, taken: ReadonlySet<string>): { graph: Graph; pids: Set<string> } {
  const used = new Set(taken);
  const names = new Map<string, string>();
  const parts: Part[] = [];
  for (const part of copied.parts) {
    if (!part.make) continue;
    const pid = freePid(part.pid, used);
    used.add(pid);
    names.set(part.pid, pid);
    parts.push({ ...part, pid, x: part.x + 32, y: part.y + 56 });
  }
  const wires = copied.wires.flatMap((w) => {
    const emitter = names.get(w.emitter);
    const receiver = names.get(w.receiver);
    return emitter && receiver ? [{ ...w, emitter, receiver }] : [];
  });
  return {
    graph: { parts: [...graph.parts, ...parts], wires: [...graph.wires, ...wires] },
    pids: new Set(names.values()),
  };
}

/** What is to be applied, in words that can be counted. */
export interface Difference {
  added: string[];
  removed: string[];
  changed: string[];
  moved: number;
  wired: string[];
  unwired: string[];
}

const names = (wires: readonly Wire[]) =>
  new Map(wires.map((w) => [wireId(w), `${w.emitter}.${w.emitterPort} → ${w.receiver}.${w.receiverPort}`]));

export function difference(before: Graph, after: Graph): Difference {
  const old = new Map(before.parts.map((p) => [p.pid, p]));
  const now = new Set(after.parts.map((p) => p.pid));
  const stays = after.parts.filter((p) => old.has(p.pid));
  const was = names(before.wires);
  const is = names(after.wires);
  return {
    added: after.parts.filter((p) => !old.has(p.pid)).map((p) => p.pid),
    removed: before.parts.filter((p) => !now.has(p.pid)).map((p) => p.pid),
    changed: stays
      .filter((p) => p.make || old.get(p.pid)?.inputs !== p.inputs || old.get(p.pid)?.outputs !== p.outputs)
      .map((p) => p.pid),
    moved: stays.filter((p) => old.get(p.pid)?.x !== p.x || old.get(p.pid)?.y !== p.y).length,
    wired: [...is].filter(([id]) => !was.has(id)).map(([, name]) => name),
    unwired: [...was].filter(([id]) => !is.has(id)).map(([, name]) => name),
  };
}

export const changes = (d: Difference): number =>
  d.added.length + d.removed.length + d.changed.length + d.wired.length + d.unwired.length + d.moved;
