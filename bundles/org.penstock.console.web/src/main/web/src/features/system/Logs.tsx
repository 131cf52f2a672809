import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../api/client';

interface Line {
  number: number;
  at: string;
  level: string;
  logger: string;
  message: string;
  exception?: string;
}
const marks: Record<string, string> = { ERROR: 'B', WARN: 'U' };

interface Props {
  /** What stands below them; it is told which loggers have written. */
  children: (loggers: readonly string[]) => ReactNode;
}

/** The last lines, newest first, asked anew each second until paused. */
export function Logs({ children }: Props) {
  const { t } = useTranslation();
  const [level, setLevel] = useState('');
  const [text, setText] = useState('');
  const [paused, setPaused] = useState(false);
  const query = new URLSearchParams({ limit: '200', ...(level ? { level } : {}), ...(text ? { q: text } : {}) });
  const { data, error } = useQuery({
    queryKey: ['logs', level, text],
    queryFn: () => get<{ lines: Line[] }>(`/api/v1/logs?${query}`),
    refetchInterval: paused ? false : 1000,
    placeholderData: (before) => before,
  });
  const loggers = [...new Set(data?.lines.map((line) => line.logger))].sort();
  return (
    <>
      <section aria-label={t('sys.logs')}>
        <div className="bar">
          <h2 className="grow">{t('sys.logs')}</h2>
          <NativeSelect
            aria-label={t('sys.level')}
            value={level}
            data={[{ value: '', label: t('sys.anyLevel') }, 'ERROR', 'WARN', 'INFO', 'DEBUG']}
            onChange={(e) => setLevel(e.currentTarget.value)}
          />
          <TextInput
            aria-label={t('sys.filter', { what: t('sys.logs') })}
            placeholder={t('sys.search')}
            value={text}
            onChange={(e) => setText(e.currentTarget.value)}
          />
          <Button variant="default" aria-pressed={paused} onClick={() => setPaused(!paused)}>
            {t(paused ? 'sys.go' : 'sys.pause')}
          </Button>
        </div>
        {error && <p role="alert">{error.message}</p>}
        <ol className="panel log" tabIndex={0} aria-label={t('sys.logs')}>
          {data?.lines.map((line) => (
            <li key={line.number} data-q={marks[line.level]}>
              <span className="muted">{new Date(line.at).toLocaleTimeString()}</span> <b>{line.level}</b>{' '}
              <span className="muted">{line.logger}</span> {line.message}
              {line.exception && <pre>{line.exception}</pre>}
            </li>
          ))}
        </ol>
      </section>
      {children(loggers)}
    </>
  );
}
