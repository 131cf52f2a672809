import { Button, TextInput } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../app/Confirm';
import { type Instance, remove, useComponent, useInstances, useRefresh } from './api';
import { ComponentForm } from './ComponentForm';
import { matches } from './metatype';
import { NewComponent } from './NewComponent';

function Chosen({ instance }: { instance: Instance }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const [asking, setAsking] = useState(false);
  const { data, error } = useComponent(instance.pid);
  const drop = async () => {
    await remove(instance.pid);
    refresh();
    await navigate({ to: '/configuration', search: {} });
  };
  return (
    <section className="detail" aria-label={instance.pid}>
      <Link className="backS" to="/configuration" search={{}}>
        ‹ {t('conf.all')}
      </Link>
      <div className="bar">
        <div className="grow">
          <h1>{instance.pid}</h1>
          <p className="muted wrap">
            {data?.definition?.name} {instance.factoryPid}
          </p>
          <p className="muted">{data?.definition?.description}</p>
        </div>
        {instance.factoryPid && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('conf.delete')}
          </Button>
        )}
      </div>
      {error && (
        <p role="alert" className="error">
          {error.message}
        </p>
      )}
      {data && <ComponentForm component={data} />}
      {asking && (
        <Confirm title={t('conf.deleteAsk', { pid: instance.pid })} act={drop} close={() => setAsking(false)} />
      )}
    </section>
  );
}

/** Every component by search; its form beside the list. */
export function ConfigurationPage() {
  const { t } = useTranslation();
  const { pid } = useSearch({ from: '/configuration' });
  const navigate = useNavigate();
  const { data = [], error } = useInstances();
  const [text, setText] = useState('');
  const [making, setMaking] = useState(false);
  const chosen = data.find((i) => i.pid === pid);
  const open = (next: string) => {
    setMaking(false);
    void navigate({ to: '/configuration', search: { pid: next } });
  };
  return (
    <div className="split" data-chosen={Boolean(chosen) || making}>
      <section className="list" aria-label={t('nav.configuration')}>
        <div className="bar">
          <h1>{t('nav.configuration')}</h1>
          <span className="grow" />
          <Link to="/snapshots">{t('nav.snapshots')}</Link>
          <Link to="/archive">{t('arch.link')}</Link>
          <Button onClick={() => setMaking(true)}>{t('conf.new')}</Button>
        </div>
        <TextInput
          aria-label={t('conf.search')}
          placeholder={t('conf.search')}
          value={text}
          onChange={(e) => setText(e.currentTarget.value)}
        />
        {error && <p role="alert">{error.message}</p>}
        <ul className="panel rows">
          {data
            .filter((i) => matches(text, i.pid, i.factoryPid))
            .map((i) => (
              <li key={i.pid}>
                <Link to="/configuration" search={{ pid: i.pid }} aria-current={i.pid === pid ? 'true' : undefined}>
                  <b>{i.pid}</b>
                  <small>{i.factoryPid}</small>
                </Link>
              </li>
            ))}
        </ul>
      </section>
      {making ? (
        <NewComponent done={open} close={() => setMaking(false)} />
      ) : (
        chosen && <Chosen key={chosen.pid} instance={chosen} />
      )}
    </div>
  );
}
