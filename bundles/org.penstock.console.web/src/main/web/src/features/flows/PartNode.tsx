import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import type { State } from '../../app/StateTag';
import type { Part } from './model';

export type PartNode = Node<{ part: Part; kind: string; state: State; value: string }, 'part'>;

const share = (i: number, n: number) => `${((i + 1) / (n + 1)) * 100}%`;
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

/** A component with its ports: inputs left, outputs right. */
export function PartView({ data: { part, kind, state, value } }: NodeProps<PartNode>) {
  return (
    <div className="node" data-s={state} data-new={Boolean(part.make)}>
      {range(part.inputs).map((i) => (
        <Handle
          key={`i${i}`}
          id={`i${i}`}
          type="target"
          position={Position.Left}
          style={{ top: share(i, part.inputs) }}
          title={part.inputNames[i] ?? String(i)}
        />
      ))}
      <small>{kind}</small>
      <span className="nodename">{part.pid}</span>
      {value && <span className="nodevalue">{value}</span>}
      {range(part.outputs).map((i) => (
        <Handle
          key={`o${i}`}
          id={`o${i}`}
          type="source"
          position={Position.Right}
          style={{ top: share(i, part.outputs) }}
          title={part.outputNames[i] ?? String(i)}
        />
      ))}
    </div>
  );
}
