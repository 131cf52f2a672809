import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useComponent } from '../configuration/api';
import { ComponentForm } from '../configuration/ComponentForm';
import type { DefinedKind, Status } from './api';
import { Figures } from './Figures';
import { fault, type Graph, type Part, type Wire, wireId } from './model';
import { NewPartForm } from './NewPartForm';
import type { Rate } from './rates';
import { Inject, Tap } from './Tap';

interface Props {
  flow: string;
  graph: Graph;
  part: Part;
  kind: DefinedKind | undefined;
  status: Status | undefined;
  rate: Rate | undefined;
  rename: (pid: string) => void;
  change: (part: Part) => void;
  wire: (wire: Wire) => void;
  unwire: (id: string) => void;
  remove: () => void;
}

/** Ports of other parts that this one's outputs can be led to. */
function goals(graph: Graph, part: Part): { id: string; label: string; wire: Wire }[] {
  const found = [];
  for (let out = 0; out < part.outputs; out++)
    for (const to of graph.parts)
      for (let port = 0; port < to.inputs; port++) {
        const wire = { emitter: part.pid, emitterPort: out, receiver: to.pid, receiverPort: port };
        if (fault(graph, wire)) continue;
        const from = part.outputs > 1 ? `${part.outputNames[out] ?? out} → ` : '→ ';
        const label = `${from}${to.pid}${to.inputs > 1 ? `.${to.inputNames[port] ?? port}` : ''}`;
        found.push({ id: wireId(wire), label, wire });
      }
  return found;
}

/** Wires by choice instead of by pointer: the keyboard's way to connect. */
function Wiring({ graph, part, wire, unwire }: Pick<Props, 'graph' | 'part' | 'wire' | 'unwire'>) {
  const { t } = useTranslation();
  const [goal, setGoal] = useState('');
  const possible = goals(graph, part);
  const chosen = possible.find((g) => g.id === goal) ?? possible[0];
  const own = graph.wires.filter((w) => w.emitter === part.pid || w.receiver === part.pid);
  return (
    <section aria-label={t('flow.wires')}>
      <h2>{t('flow.wires')}</h2>
      {possible.length > 0 && (
        <div className="bar">
          <NativeSelect
            aria-label={t('flow.connectTo')}
            value={chosen?.id ?? ''}
            data={possible.map((g) => ({ value: g.id, label: g.label }))}
            onChange={(e) => setGoal(e.currentTarget.value)}
          />
          <Button variant="default" onClick={() => chosen && wire(chosen.wire)}>
            {t('flow.connect')}
          </Button>
        </div>
      )}
      <ul className="rows">
        {own.map((w) => (
          <li key={wireId(w)} className="bar">
            <span className="grow wrap">
              {w.emitter === part.pid ? `→ ${w.receiver}` : `← ${w.emitter}`} {w.emitterPort}:{w.receiverPort}
            </span>
            <button type="button" className="plain" onClick={() => unwire(wireId(w))}>
              {t('flow.disconnect')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Running({ pid }: { pid: string }) {
  const { data } = useComponent(pid);
  return data ? <ComponentForm component={data} /> : null;
}

/** The chosen part: its figures, wires, form, tap and injection. */
export function Inspector(props: Props) {
  const { flow, graph, part, kind, status, rate, remove } = props;
  const { t } = useTranslation();
  return (
    <aside className="panel inspector" aria-label={part.pid} tabIndex={0}>
      <div className="bar">
        <h2 className="grow wrap named">{part.pid}</h2>
        <Button variant="default" onClick={remove}>
          {t('flow.remove')}
        </Button>
      </div>
      {part.make && <NewPartForm part={part} kind={kind} rename={props.rename} change={props.change} />}
      <Wiring graph={graph} part={part} wire={props.wire} unwire={props.unwire} />
      {!part.make && status && <Figures status={status} rate={rate} />}
      {!part.make && status?.present && (
        <>
          <Tap key={`tap ${part.pid}`} flow={flow} pid={part.pid} />
          <Inject key={`inject ${part.pid}`} flow={flow} pid={part.pid} />
          <Running key={part.pid} pid={part.pid} />
        </>
      )}
    </aside>
  );
}
