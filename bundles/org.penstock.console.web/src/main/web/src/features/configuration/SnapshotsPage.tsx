import { Button, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { save } from '../../api/client';
import type { Component } from '../../api/metatype';
import { Confirm } from '../../app/Confirm';
import { rollback, snapshot, useRefresh } from './api';
import { Comparison } from './Comparison';
import { describeSnapshot, type Entry, parseSnapshot, take, uploadSnapshot, useEntries } from './snapshots';

async function download(id: number) {
  const text = JSON.stringify(await snapshot(id), null, 2);
  save(new Blob([text], { type: 'application/json' }), `snapshot_${id}.json`);
}

type Wish = { kind: 'rollback'; entry: Entry } | { kind: 'name'; entry: Entry | undefined };

/** The snapshots, newest first: name, comparison, download, and the way back to all or part of one. */
export function SnapshotsPage() {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const { data = [], error } = useEntries();
  const input = useRef<HTMLInputElement>(null);
  const [wish, setWish] = useState<Wish>();
  const [name, setName] = useState('');
  const [compared, setCompared] = useState<number>();
  const [upload, setUpload] = useState<{ name: string; configs: Component[] }>();
  const [failed, setFailed] = useState('');
  const [said, setSaid] = useState('');
  const at = (e: Entry) => (e.id === 0 ? t('conf.seed') : new Date(e.id).toLocaleString());
  const fail = (e: Error) => setFailed(e.message);
  const done = (words: string) => {
    setSaid(words);
    refresh();
  };
  const ask = (entry: Entry | undefined) => {
    setName(entry?.name ?? '');
    setWish({ kind: 'name', entry });
  };
  const act = async () => {
    if (wish?.kind === 'rollback') {
      await rollback(wish.entry.id);
      done(t('conf.rolledBack', { name: at(wish.entry) }));
    } else {
      await (wish?.entry ? describeSnapshot(wish.entry.id, name) : take(name));
      done('');
    }
  };
  const choose = async (file: File | undefined) => {
    setFailed('');
    if (!file) return;
    try {
      setUpload({ name: file.name, configs: parseSnapshot(await file.text()) });
    } catch {
      setFailed(t('snap.noSnapshot', { name: file.name }));
    }
  };
  return (
    <>
      <div className="bar">
        <h1>{t('nav.snapshots')}</h1>
        <span className="grow" />
        <input
          ref={input}
          type="file"
          accept=".json"
          hidden
          aria-label={t('snap.upload')}
          onChange={(e) => {
            void choose(e.currentTarget.files?.[0]);
            e.currentTarget.value = '';
          }}
        />
        <Button variant="default" onClick={() => input.current?.click()}>
          {t('snap.upload')}
        </Button>
        <Button onClick={() => ask(undefined)}>{t('conf.take')}</Button>
      </div>
      <p role="status">{said}</p>
      {(error || failed) && (
        <p role="alert" className="error">
          {error?.message ?? failed}
        </p>
      )}
      <ul className="panel rows">
        {data.map((e) => (
          <li key={e.id} className="row">
            <div className="bar">
              <b>{at(e)}</b>
              <span>{e.name}</span>
              <span className="muted grow wrap">
                {e.author} {e.comment}
              </span>
              <Button variant="default" onClick={() => setCompared(compared === e.id ? undefined : e.id)}>
                {t('snap.diff')}
              </Button>
              <Button variant="default" onClick={() => ask(e)}>
                {t('snap.rename')}
              </Button>
              <Button variant="default" onClick={() => void download(e.id).catch(fail)}>
                {t('conf.download')}
              </Button>
              <Button variant="default" onClick={() => setWish({ kind: 'rollback', entry: e })}>
                {t('conf.rollback')}
              </Button>
            </div>
            {compared === e.id && (
              <Comparison
                id={e.id}
                done={(pids) => {
                  setCompared(undefined);
                  done(t('snap.partDone', { pids: pids.join(', ') }));
                }}
              />
            )}
          </li>
        ))}
      </ul>
      {wish && (
        <Confirm
          title={
            wish.kind === 'rollback'
              ? t('conf.rollbackAsk', { name: at(wish.entry) })
              : t(wish.entry ? 'snap.rename' : 'conf.take')
          }
          act={act}
          close={() => setWish(undefined)}
        >
          {wish.kind === 'name' && (
            <TextInput label={t('snap.name')} value={name} onChange={(e) => setName(e.currentTarget.value)} />
          )}
        </Confirm>
      )}
      {upload && (
        <Confirm
          title={t('snap.uploadAsk', { name: upload.name, count: upload.configs.length })}
          act={() => uploadSnapshot(upload.configs).then(() => done(t('snap.uploaded', { name: upload.name })))}
          close={() => setUpload(undefined)}
        />
      )}
    </>
  );
}
