import '@xyflow/react/dist/style.css';
import { useComputedColorScheme } from '@mantine/core';
import {
  Background,
  type Connection,
  Controls,
  type Edge,
  type EdgeChange,
  MiniMap,
  type NodeChange,
  ReactFlow,
} from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import type { State } from '../../app/StateTag';
import { matches } from '../configuration/metatype';
import type { Status } from './api';
import { HEIGHT, WIDTH } from './layout';
import { type Fault, fault, type Part, shortName, type Wire, wireId } from './model';
import { type PartNode, PartView } from './PartNode';
import { lines, type Rate } from './rates';
import type { Drawing } from './useDrawing';

const nodeTypes = { part: PartView };

interface Props {
  drawing: Drawing;
  statuses: ReadonlyMap<string, Status>;
  rates: ReadonlyMap<string, Rate>;
  factoryOf: (part: Part) => string;
  search: string;
  refused: (why: Fault | undefined) => void;
}

function stateOf(status: Status | undefined, rate: Rate | undefined): State {
  if (!status) return 'ok';
  if (!status.present) return 'off';
  if (status.lastError && (status.failed === status.received || (rate?.received ?? 0) > 0)) return 'alarm';
  return status.trouble || status.aside || status.dropped > 0 ? 'warn' : 'ok';
}

const toWire = (c: Connection | Edge): Wire => ({
  emitter: c.source,
  emitterPort: Number(c.sourceHandle?.slice(1) ?? 0),
  receiver: c.target,
  receiverPort: Number(c.targetHandle?.slice(1) ?? 0),
});

/** The drawn graph with what flows in it. */
export function Canvas({ drawing, statuses, rates, factoryOf, search, refused }: Props) {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme('light');
  const { graph, chosen, chosenWires } = drawing;
  const nodes = graph.parts.map((part): PartNode => {
    const status = statuses.get(part.pid);
    const kind = shortName(factoryOf(part)) || t('flow.component');
    const found = search !== '' && matches(search, part.pid, factoryOf(part));
    return {
      id: part.pid,
      type: 'part',
      position: { x: part.x, y: part.y },
      width: WIDTH,
      height: HEIGHT,
      measured: { width: WIDTH, height: HEIGHT },
      selected: chosen.has(part.pid),
      className: search === '' ? '' : found ? 'found' : 'faint',
      ariaLabel: `${kind} ${part.pid}`,
      data: { part, kind, state: stateOf(status, rates.get(part.pid)), value: lines(status)[0]?.[1] ?? '' },
    };
  });
  const edges = graph.wires.map((w): Edge => {
    const rate = rates.get(w.emitter)?.emitted;
    return {
      id: wireId(w),
      source: w.emitter,
      sourceHandle: `o${w.emitterPort}`,
      target: w.receiver,
      targetHandle: `i${w.receiverPort}`,
      selected: chosenWires.has(wireId(w)),
      ariaLabel: `${w.emitter} → ${w.receiver}`,
      ...(rate === undefined ? {} : { label: `${rate.toFixed(1)}/s` }),
    };
  });
  const changeNodes = (changes: NodeChange<PartNode>[]) => {
    const at = new Map<string, { x: number; y: number }>();
    const picked = new Set(chosen);
    let byKeys = false;
    for (const c of changes) {
      if (c.type === 'position' && c.position) {
        at.set(c.id, c.position);
        byKeys ||= c.dragging === false;
      }
      if (c.type === 'select') picked[c.selected ? 'add' : 'delete'](c.id);
    }
    if (at.size > 0) drawing.move(at);
    if (changes.some((c) => c.type === 'select')) drawing.choose(picked, chosenWires);
  };
  const changeEdges = (changes: EdgeChange[]) => {
    const picked = new Set(chosenWires);
    for (const c of changes) if (c.type === 'select') picked[c.selected ? 'add' : 'delete'](c.id);
    if (changes.some((c) => c.type === 'select')) drawing.choose(chosen, picked);
  };
  const refuse = (c: Connection | Edge): boolean => {
    const why = fault(graph, toWire(c));
    refused(why);
    return !why;
  };
  return (
    <section className="flow" aria-label={t('flow.drawing')}>
      <ReactFlow<PartNode>
        aria-label={t('graph')}
        colorMode={scheme}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        fitView
        fitViewOptions={{ minZoom: 0.7, maxZoom: 1, padding: 0.1 }}
        snapToGrid
        snapGrid={[8, 8]}
        minZoom={0.2}
        deleteKeyCode={null}
        isValidConnection={refuse}
        onNodesChange={changeNodes}
        onEdgesChange={changeEdges}
        onNodeDragStop={drawing.drop}
        onConnect={(c) => drawing.wire(toWire(c))}
        onConnectEnd={() => refused(undefined)}
        attributionPosition="bottom-left"
      >
        <Background gap={16} />
        <Controls position="top-left" showInteractive={false} />
        <MiniMap pannable className="hideS" ariaLabel={t('flow.map')} />
      </ReactFlow>
    </section>
  );
}
