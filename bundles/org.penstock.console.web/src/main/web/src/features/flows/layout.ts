import dagre from '@dagrejs/dagre';
import type { Graph } from './model';

export const WIDTH = 168;
export const HEIGHT = 44;
const GAP = 16;
const COLUMNS = 4;

/** From left to right along the wires; parts without a wire in rows below. */
export function layout(graph: Graph): Graph {
  const g = new dagre.graphlib.Graph();
  g.setGraph({ rankdir: 'LR', nodesep: GAP, ranksep: 80 });
  g.setDefaultEdgeLabel(() => ({}));
  const wired = new Set(graph.wires.flatMap((w) => [w.emitter, w.receiver]));
  for (const p of graph.parts) if (wired.has(p.pid)) g.setNode(p.pid, { width: WIDTH, height: HEIGHT });
  for (const w of graph.wires) g.setEdge(w.emitter, w.receiver);
  dagre.layout(g);
  let bottom = 0;
  const at = new Map<string, { x: number; y: number }>();
  for (const pid of wired) {
    const { x, y } = g.node(pid) as { x: number; y: number };
    at.set(pid, { x: grid(x - WIDTH / 2), y: grid(y - HEIGHT / 2) });
    bottom = Math.max(bottom, y + HEIGHT / 2 + 2 * GAP);
  }
  const alone = graph.parts.filter((p) => !wired.has(p.pid));
  alone.forEach((p, i) => {
    const row = Math.floor(i / COLUMNS);
    at.set(p.pid, { x: grid((i % COLUMNS) * (WIDTH + 72)), y: grid(bottom + row * (HEIGHT + GAP)) });
  });
  return { ...graph, parts: graph.parts.map((p) => ({ ...p, ...at.get(p.pid) })) };
}

const grid = (n: number): number => Math.round(n / 8) * 8;
