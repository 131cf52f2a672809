import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { create, useFactories, useRefresh } from './api';

/** Makes an instance of a factory. */
export function NewComponent({ done, close }: { done: (pid: string) => void; close: () => void }) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const { data: factories = [] } = useFactories();
  const [factory, setFactory] = useState('');
  const [pid, setPid] = useState('');
  const [error, setError] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create(pid, factory).then(
      () => {
        refresh();
        done(pid);
      },
      (e: Error) => setError(e.message),
    );
  };
  return (
    <form className="panel form" onSubmit={submit}>
      <NativeSelect
        label={t('conf.factory')}
        value={factory}
        data={['', ...factories]}
        onChange={(e) => setFactory(e.currentTarget.value)}
      />
      <TextInput label={t('conf.pid')} value={pid} onChange={(e) => setPid(e.currentTarget.value)} />
      {error && (
        <p role="alert" className="error">
          {error}
        </p>
      )}
      <div className="bar">
        <Button type="submit" disabled={!factory || !pid.trim()}>
          {t('conf.create')}
        </Button>
        <Button variant="default" onClick={close}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
