import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post } from '../../api/client';

interface Factory {
  cloudConnectionFactoryPid: string;
  defaultCloudEndpointPid?: string;
}
const root = '/services/cloudconnection/v1';

/** Makes the stack of a connection; its parts are configured through its links. */
export function NewConnection({ done }: { done: () => void }) {
  const { t } = useTranslation();
  const { data = [] } = useQuery({
    queryKey: ['cloud', 'factories'],
    queryFn: async () =>
      (await get<{ cloudConnectionFactories: Factory[] }>(`${root}/factories`)).cloudConnectionFactories,
  });
  const [factory, setFactory] = useState('');
  const [pid, setPid] = useState('');
  const [error, setError] = useState('');
  const choose = (next: string) => {
    setFactory(next);
    setPid(data.find((f) => f.cloudConnectionFactoryPid === next)?.defaultCloudEndpointPid ?? '');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setError('');
    post(`${root}/cloudEndpoint`, { cloudConnectionFactoryPid: factory, cloudEndpointPid: pid }).then(
      () => {
        choose('');
        done();
      },
      (e: Error) => setError(e.message),
    );
  };
  return (
    <form className="panel form" onSubmit={submit}>
      <h2>{t('cloud.new')}</h2>
      <NativeSelect
        label={t('conf.factory')}
        value={factory}
        data={['', ...data.map((f) => f.cloudConnectionFactoryPid)]}
        onChange={(e) => choose(e.currentTarget.value)}
      />
      <TextInput label={t('conf.pid')} value={pid} onChange={(e) => setPid(e.currentTarget.value)} />
      {error && (
        <p role="alert" className="error">
          {error}
        </p>
      )}
      <div className="bar">
        <Button type="submit" disabled={!factory || !pid}>
          {t('conf.create')}
        </Button>
      </div>
    </form>
  );
}
