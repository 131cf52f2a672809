import type { Device, Link } from './api';

export interface Node {
  ieee: string;
  label: string;
  kind: 'coordinator' | 'router' | 'end';
  x: number;
  y: number;
}
export interface Edge {
  a: Node;
  b: Node;
  /** The worse of the two sides, 0 to 255. */
  quality: number;
}
export interface Drawing {
  nodes: Node[];
  edges: Edge[];
  width: number;
  height: number;
}

const room = 96;
const margin = { x: 70, y: 32 };
/** Screens are wider than high. */
const wide = 1.5;
const flat = 0.8;
export const weak = 50;

/** How far from the middle so many stand without touching each other. */
const radius = (count: number, least: number) => Math.max(least, (count * room) / (2 * Math.PI));

/**
 * The coordinator in the middle, those that pass messages on around it, the others outside, each beside the one
 * that it is a child of.
 */
export function draw(coordinator: string, devices: readonly Device[], links: readonly Link[], name: string): Drawing {
  const routers = devices.filter((d) => d.router);
  const parents = new Map(links.filter((l) => l.relation === 'child').map((l) => [l.neighbour, l.by]));
  const rank = new Map(routers.map((d, i) => [d.ieee, i]));
  const parentRank = (d: Device) => rank.get(parents.get(d.ieee) ?? '') ?? routers.length;
  const ends = devices.filter((d) => !d.router).sort((a, b) => parentRank(a) - parentRank(b));
  const inner = routers.length > 0 ? radius(routers.length, 130) : 0;
  const outer = radius(ends.length, 130 + inner);
  const around = (all: readonly Device[], kind: Node['kind'], far: number): Node[] =>
    all.map((d, i) => {
      const turn = (2 * Math.PI * (i + (kind === 'end' ? 0.5 : 0))) / all.length;
      return {
        ieee: d.ieee,
        label: d.name || d.model || d.ieee.slice(-4),
        kind,
        x: far * wide * Math.cos(turn),
        y: far * flat * Math.sin(turn),
      };
    });
  return cropped(
    [
      { ieee: coordinator, label: name, kind: 'coordinator', x: 0, y: 0 },
      ...around(routers, 'router', inner),
      ...around(ends, 'end', outer),
    ],
    links,
  );
}

/** The nodes moved to where nothing but a margin is left and above of them. */
function cropped(nodes: readonly Node[], links: readonly Link[]): Drawing {
  const xs = nodes.map((n) => n.x);
  const ys = nodes.map((n) => n.y);
  const left = Math.min(...xs) - margin.x;
  const top = Math.min(...ys) - margin.y;
  const moved = nodes.map((n) => ({ ...n, x: n.x - left, y: n.y - top }));
  return {
    nodes: moved,
    edges: edges(moved, links),
    width: Math.max(...xs) - left + margin.x,
    height: Math.max(...ys) - top + margin.y,
  };
}

/** One line for two that hear each other. */
function edges(nodes: readonly Node[], links: readonly Link[]): Edge[] {
  const at = new Map(nodes.map((n) => [n.ieee, n]));
  const found = new Map<string, Edge>();
  for (const { by, neighbour, linkQuality } of links) {
    const a = at.get(by);
    const b = at.get(neighbour);
    if (!a || !b || a === b) continue;
    const key = [by, neighbour].sort().join(' ');
    const before = found.get(key);
    found.set(key, { a, b, quality: Math.min(linkQuality, before?.quality ?? linkQuality) });
  }
  return [...found.values()];
}
