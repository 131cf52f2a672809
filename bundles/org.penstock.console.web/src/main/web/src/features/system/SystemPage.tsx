import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, getText } from '../../api/client';
import { may, mayAny } from '../../api/session';
import { useSession } from '../../app/SessionGate';
import { matches } from '../configuration/metatype';
import { Care } from './Care';
import { Jobs } from './Jobs';
import { Levels } from './Levels';
import { Logs } from './Logs';
import { metrics } from './metrics';

function Pairs({ title, pairs }: { title: string; pairs: [string, string][] }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  return (
    <section aria-label={title}>
      <div className="bar">
        <h2 className="grow">{title}</h2>
        <TextInput
          aria-label={t('sys.filter', { what: title })}
          placeholder={t('sys.search')}
          value={text}
          onChange={(e) => setText(e.currentTarget.value)}
        />
      </div>
      <dl className="panel pairs" tabIndex={0}>
        {pairs
          .filter(([name, value]) => matches(text, name, value))
          .map(([name, value]) => (
            <div key={name}>
              <dt className="mono">{name}</dt>
              <dd className="mono">{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

/** Information, the log as it grows, and all figures. */
export function SystemPage() {
  const { t } = useTranslation();
  const { identity } = useSession();
  const properties = useQuery({
    queryKey: ['system', 'properties'],
    queryFn: async () =>
      (await get<{ kuraProperties: Record<string, string> }>('/services/system/v1/properties/kura')).kuraProperties,
  });
  const figures = useQuery({
    queryKey: ['system', 'metrics'],
    queryFn: async () => metrics(await getText('/api/v1/metrics')),
    refetchInterval: 5000,
  });
  const error = properties.error ?? figures.error;
  return (
    <>
      <h1>{t('nav.system')}</h1>
      {error && <p role="alert">{error.message}</p>}
      {may(identity, 'kura.admin') && <Care />}
      <Logs>{(loggers) => mayAny(identity, ['rest.configuration']) && <Levels loggers={loggers} />}</Logs>
      {mayAny(identity, ['jobs.read']) && <Jobs />}
      <Pairs title={t('sys.metrics')} pairs={figures.data ?? []} />
      <Pairs title={t('sys.properties')} pairs={Object.entries(properties.data ?? {})} />
    </>
  );
}
