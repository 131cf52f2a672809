import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { save } from '../../api/client';
import { Confirm } from '../../app/Confirm';
import { rollback, snapshot, takeSnapshot, useRefresh, useSnapshots } from './api';

async function download(id: number) {
  const text = JSON.stringify(await snapshot(id), null, 2);
  save(new Blob([text], { type: 'application/json' }), `snapshot_${id}.json`);
}

/** The snapshots, newest first, and the way back to one of them. */
export function SnapshotsPage() {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const { data = [], error } = useSnapshots();
  const [wanted, setWanted] = useState<number>();
  const [failed, setFailed] = useState('');
  const [said, setSaid] = useState('');
  const name = (id: number) => (id === 0 ? t('conf.seed') : new Date(id).toLocaleString());
  const fail = (e: Error) => setFailed(e.message);
  const back = async (id: number) => {
    await rollback(id);
    setSaid(t('conf.rolledBack', { name: name(id) }));
    refresh();
  };
  return (
    <>
      <div className="bar">
        <h1>{t('nav.snapshots')}</h1>
        <span className="grow" />
        <Button onClick={() => void takeSnapshot().then(refresh, fail)}>{t('conf.take')}</Button>
      </div>
      <p role="status">{said}</p>
      {(error || failed) && (
        <p role="alert" className="error">
          {error?.message ?? failed}
        </p>
      )}
      <ul className="panel rows">
        {data.map((id) => (
          <li key={id} className="bar row">
            <b className="grow">{name(id)}</b>
            <span className="muted mono hideS">{id}</span>
            <Button variant="default" onClick={() => void download(id).catch(fail)}>
              {t('conf.download')}
            </Button>
            <Button variant="default" onClick={() => setWanted(id)}>
              {t('conf.rollback')}
            </Button>
          </li>
        ))}
      </ul>
      {wanted !== undefined && (
        <Confirm
          title={t('conf.rollbackAsk', { name: name(wanted) })}
          act={() => back(wanted)}
          close={() => setWanted(undefined)}
        />
      )}
    </>
  );
}
