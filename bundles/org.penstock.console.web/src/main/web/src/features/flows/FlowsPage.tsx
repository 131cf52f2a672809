import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../app/Confirm';
import { deleteFlow, makeFlow, useFlow, useFlows } from './api';
import { Composer } from './Composer';

const MAIN = 'main';

function NewFlow({ done }: { done: (name: string) => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [error, setError] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    makeFlow(name).then(
      () => {
        setName('');
        done(name);
      },
      (e: Error) => setError(e.message),
    );
  };
  return (
    <form className="bar" onSubmit={submit}>
      <TextInput
        aria-label={t('flow.newName')}
        placeholder={t('flow.newName')}
        value={name}
        error={error}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={!name.trim()}>
        {t('flow.new')}
      </Button>
    </form>
  );
}

/** All graphs, one of them in the editor. */
export function FlowsPage() {
  const { t } = useTranslation();
  const { graph: name = MAIN } = useSearch({ from: '/flows' });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const flows = useFlows();
  const flow = useFlow(name);
  const [leaving, setLeaving] = useState(false);
  const open = (graph: string) => {
    void queries.invalidateQueries({ queryKey: ['flows'], exact: true });
    void navigate({ to: '/flows', search: graph === MAIN ? {} : { graph } });
  };
  const drop = async () => {
    await deleteFlow(name);
    open(MAIN);
  };
  return (
    <>
      <div className="bar">
        <h1>{t('nav.flows')}</h1>
        <NativeSelect
          aria-label={t('flow.graph')}
          value={name}
          data={[...new Set([...(flows.data ?? []).map((f) => f.name), name])]}
          onChange={(e) => open(e.currentTarget.value)}
        />
        <NewFlow done={open} />
        {name !== MAIN && (
          <Button variant="default" onClick={() => setLeaving(true)}>
            {t('conf.delete')}
          </Button>
        )}
      </div>
      {flow.error && (
        <p role="alert" className="error">
          {flow.error.message}
        </p>
      )}
      {flow.data && <Composer key={name} flow={flow.data} at={flow.dataUpdatedAt} />}
      {leaving && <Confirm title={t('conf.deleteAsk', { pid: name })} act={drop} close={() => setLeaving(false)} />}
    </>
  );
}
