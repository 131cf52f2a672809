import { Button, NativeSelect, NumberInput, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Heard, inject, tap, untap } from './api';
import { brief } from './rates';

const kept = 20;

const shown = (heard: Heard): string =>
  heard.records
    .map((r) =>
      Object.entries(r)
        .map(([name, value]) => `${name}=${brief(value)}`)
        .join(' '),
    )
    .join(' | ');

/** Listens to what a component receives and emits, until it is ended or another part is chosen. */
export function Tap({ flow, pid }: { flow: string; pid: string }) {
  const { t } = useTranslation();
  const [listening, setListening] = useState(false);
  const [heard, setHeard] = useState<Heard[]>([]);
  const [error, setError] = useState('');
  const after = useRef(0);
  useEffect(() => {
    if (!listening) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    // one look after the other: two at once would hear the same
    const look = async () => {
      try {
        const more = await tap(flow, pid, after.current);
        after.current = more.at(-1)?.number ?? after.current;
        if (more.length > 0) setHeard((old) => [...more.toReversed(), ...old].slice(0, kept));
      } catch (e) {
        setError((e as Error).message);
      }
      if (!over) timer = setTimeout(() => void look(), 500);
    };
    void look();
    return () => {
      over = true;
      clearTimeout(timer);
      untap(flow, pid).catch(() => undefined); // it ends by itself when nobody reads it
    };
  }, [listening, flow, pid]);
  return (
    <section aria-label={t('flow.tap')}>
      <div className="bar">
        <h2 className="grow">{t('flow.tap')}</h2>
        <Button variant="default" onClick={() => setListening(!listening)}>
          {t(listening ? 'flow.untap' : 'flow.listen')}
        </Button>
      </div>
      {error && <p className="error wrap">{error}</p>}
      {listening && (
        <ol className="log panel" aria-label={t('flow.heard')} tabIndex={0}>
          {heard.map((h) => (
            <li key={h.number}>
              <b>{h.receiver === pid ? '→' : '←'}</b> {shown(h)}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

const example = '[{"value": {"type": "DOUBLE", "value": 1.5}}]';

/** Gives a component records as if they had come, or sends them as if it had emitted them. */
export function Inject({ flow, pid }: { flow: string; pid: string }) {
  const { t } = useTranslation();
  const [text, setText] = useState(example);
  const [side, setSide] = useState('input');
  const [port, setPort] = useState(0);
  const [said, setSaid] = useState<{ text: string; bad: boolean }>();
  const send = async () => {
    try {
      const receivers = await inject(flow, pid, side, port, JSON.parse(text));
      setSaid({ text: t('flow.injected', { count: receivers }), bad: false });
    } catch (e) {
      setSaid({ text: (e as Error).message, bad: true });
    }
  };
  return (
    <section aria-label={t('flow.inject')} className="fields">
      <h2>{t('flow.inject')}</h2>
      <div className="bar">
        <NativeSelect
          aria-label={t('flow.side')}
          value={side}
          data={[
            { value: 'input', label: t('flow.input') },
            { value: 'output', label: t('flow.output') },
          ]}
          onChange={(e) => setSide(e.currentTarget.value)}
        />
        <NumberInput aria-label={t('flow.port')} w={64} min={0} value={port} onChange={(n) => setPort(Number(n))} />
        <Button variant="default" onClick={() => void send()}>
          {t('flow.send')}
        </Button>
      </div>
      <Textarea
        className="code"
        label={t('flow.records')}
        rows={3}
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
      />
      <p role="status" className={said?.bad ? 'error wrap' : 'muted'}>
        {said?.text}
      </p>
    </section>
  );
}
