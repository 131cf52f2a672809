import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { matches } from '../configuration/metatype';
import { type Frame, useFrames } from './api';

const pairs = (values: Record<string, string>) =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

/** Whether it is told as something wrong. */
const bad = (frame: Frame) => frame.problem !== '' || /refused|failed/.test(frame.text);

function Line({ frame }: { frame: Frame }) {
  const isUp = frame.text === 'up';
  return (
    <li data-q={bad(frame) ? 'B' : undefined}>
      <span className="muted">{new Date(frame.at).toLocaleTimeString()}</span> <b>{frame.name}</b>{' '}
      {isUp
        ? `↑ #${frame.frameCounter} FPort ${frame.port} DR${frame.dataRate} ${frame.rssi} dBm ${frame.snr} dB ${frame.data}`
        : frame.text}{' '}
      <span className="live">{pairs(frame.values)}</span> <span className="error">{frame.problem}</span>
    </li>
  );
}

/** What comes and goes over the radio, decoded, the newest first; it grows by itself until paused. */
export function FrameLog({ pid }: { pid: string }) {
  const { t } = useTranslation();
  const [paused, setPaused] = useState(false);
  const [text, setText] = useState('');
  const { data, error } = useFrames(pid, paused);
  return (
    <section aria-label={t('lora.frames')}>
      <div className="bar above">
        <h2 className="grow">{t('lora.frames')}</h2>
        <TextInput
          aria-label={t('lora.searchFrames')}
          placeholder={t('lora.searchFrames')}
          value={text}
          onChange={(e) => setText(e.currentTarget.value)}
        />
        <Button variant="default" aria-pressed={paused} onClick={() => setPaused(!paused)}>
          {t(paused ? 'sys.go' : 'sys.pause')}
        </Button>
      </div>
      {error && <p role="alert">{error.message}</p>}
      {data?.length === 0 && <p className="muted">{t('lora.noFrames')}</p>}
      {data && data.length > 0 && (
        <ol className="panel log" tabIndex={0} aria-label={t('lora.frames')}>
          {data
            .filter((f) => matches(text, f.name, f.devEui, f.text, f.data ?? ''))
            .toReversed()
            .map((f) => (
              <Line key={f.number} frame={f} />
            ))}
        </ol>
      )}
    </section>
  );
}
