import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may } from '../../api/session';
import { useSession } from '../../app/SessionGate';
import { useTimedRefresh } from '../../app/TimedChange';
import { useInstances } from '../configuration/api';
import { stateOf } from '../devices/tree';
import { useHealth } from '../overview/health';
import { ApplyBox } from './ApplyBox';
import { applyFlow, type Flow, readFlow, useKinds } from './api';
import { Canvas } from './Canvas';
import { Inspector } from './Inspector';
import { changes, difference, type Fault, type Part, read } from './model';
import { Palette } from './Palette';
import { useRates } from './rates';
import { useDrawing } from './useDrawing';

const ASSET = 'org.eclipse.kura.wire.WireAsset';
const none: { pid: string; factoryPid?: string }[] = [];

interface Props {
  flow: Flow;
  /** When it was asked, in milliseconds. */
  at: number;
}

function Inner({ flow, at }: Props) {
  const { t } = useTranslation();
  const view = useReactFlow();
  const queries = useQueryClient();
  const { data: kinds = [] } = useKinds();
  const { data: instances = none } = useInstances();
  const rates = useRates(flow, at);
  const health = useHealth();
  const lookAtTimed = useTimedRefresh();
  const mayHold = may(useSession().identity, 'rest.configuration');
  const [base, setBase] = useState(() => JSON.stringify(flow.graph));
  const before = useMemo(() => read(JSON.parse(base)), [base]);
  const elsewhere = useMemo(() => new Set(instances.map((i) => i.pid)), [instances]);
  const drawing = useDrawing(before, elsewhere);
  const [search, setSearch] = useState('');
  const [refused, setRefused] = useState<Fault>();
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState('');
  const { graph, chosen } = drawing;
  const d = difference(before, graph);
  const count = changes(d);
  const there = JSON.stringify(flow.graph);

  const load = (text: string) => {
    setBase(text);
    drawing.restart(read(JSON.parse(text)));
  };
  // The graph of others is taken over at once while nothing of one's own is drawn.
  useEffect(() => {
    if (there !== base && count === 0) load(there);
  });
  const factories = new Map(instances.map((i) => [i.pid, i.factoryPid ?? '']));
  const factoryOf = (part: Part) => part.make?.factoryPid ?? factories.get(part.pid) ?? '';
  const statuses = new Map(
    flow.components.map((c) => {
      const own = stateOf(health.data?.states ?? {}, 'flow', c.pid);
      return [c.pid, own && own.level !== 'OK' ? { ...c, trouble: own.reason } : c];
    }),
  );
  const part = chosen.size === 1 ? graph.parts.find((p) => chosen.has(p.pid)) : undefined;
  const fit = () => requestAnimationFrame(() => void view.fitView({ minZoom: 0.7, maxZoom: 1, padding: 0.1 }));

  const apply = async (seconds: number) => {
    await applyFlow(flow.name, graph, seconds);
    if (seconds > 0) lookAtTimed();
    const now = await readFlow(flow.name);
    queries.setQueryData(['flows', flow.name], now);
    load(JSON.stringify(now.graph));
    setSaid(t('conf.applied'));
    await queries.invalidateQueries({ queryKey: ['configuration'] });
  };
  const copy = () => void drawing.copy().catch((e: Error) => setSaid(e.message));
  const keys = (e: KeyboardEvent) => {
    if ((e.target as HTMLElement).closest('input, textarea, select, dialog')) return;
    const key = e.key.toLowerCase();
    const done = () => e.preventDefault();
    if (e.ctrlKey || e.metaKey) {
      if (key === 'z') done(), e.shiftKey ? drawing.redo() : drawing.undo();
      if (key === 'y') done(), drawing.redo();
      if (key === 'c') copy();
      if (key === 'v') done(), drawing.paste();
      if (key === 'a') done(), drawing.choose(new Set(graph.parts.map((p) => p.pid)));
    } else if (key === 'delete' || key === 'backspace') done(), drawing.remove(chosen, drawing.chosenWires);
  };
  // On the window: the part that had the focus may be gone.
  useEffect(() => {
    addEventListener('keydown', keys);
    return () => removeEventListener('keydown', keys);
  });
  return (
    <div className="composer" data-chosen={Boolean(part)}>
      <div className="bar" role="toolbar" aria-label={t('flow.tools')}>
        <Button variant="default" disabled={!drawing.canUndo} onClick={drawing.undo}>
          {t('undo')}
        </Button>
        <Button variant="default" disabled={!drawing.canRedo} onClick={drawing.redo}>
          {t('redo')}
        </Button>
        <Button variant="default" disabled={chosen.size === 0} onClick={copy}>
          {t('flow.copy')}
        </Button>
        <Button variant="default" onClick={drawing.paste}>
          {t('flow.paste')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            drawing.arrange();
            fit();
          }}
        >
          {t('layout')}
        </Button>
        <TextInput
          aria-label={t('flow.search')}
          placeholder={t('flow.search')}
          value={search}
          onChange={(e) => setSearch(e.currentTarget.value)}
        />
        <span className="grow" />
        <span className="muted">{t('changes', { count })}</span>
        <Button variant="default" disabled={count === 0} onClick={() => load(there)}>
          {t('reset')}
        </Button>
        <Button disabled={count === 0} onClick={() => setAsking(true)}>
          {t('apply')}
        </Button>
      </div>
      <p role="status" className={refused ? 'error' : 'muted'}>
        {refused ? t(`flow.fault.${refused}`) : there !== base ? t('flow.others') : said}
      </p>
      <div className="stage">
        <Palette
          kinds={kinds}
          assets={instances
            .filter((i) => i.factoryPid === ASSET && !graph.parts.some((p) => p.pid === i.pid))
            .map((i) => i.pid)}
          add={(kind) => {
            drawing.add(kind);
            fit();
          }}
          place={(pid) => {
            drawing.place(pid);
            fit();
          }}
        />
        <Canvas {...{ drawing, statuses, rates, factoryOf, search }} refused={setRefused} />
        {part && (
          <Inspector
            flow={flow.name}
            graph={graph}
            part={part}
            kind={kinds.find((k) => k.factoryPid === factoryOf(part))}
            status={statuses.get(part.pid)}
            rate={rates.get(part.pid)}
            rename={(pid) => drawing.rename(part.pid, pid)}
            change={drawing.change}
            wire={(w) => setRefused(drawing.wire(w))}
            unwire={(id) => drawing.remove(new Set(), new Set([id]))}
            remove={() => drawing.remove(new Set([part.pid]), new Set())}
          />
        )}
      </div>
      {asking && (
        <ApplyBox name={flow.name} difference={d} timed={mayHold} act={apply} close={() => setAsking(false)} />
      )}
    </div>
  );
}

/** The editor of one graph. */
export function Composer(props: Props) {
  return (
    <ReactFlowProvider>
      <Inner {...props} />
    </ReactFlowProvider>
  );
}
