import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useCallback, useDeferredValue, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { save } from '../../api/client';
import { exported, type TagReport } from '../../api/tables';
import { matches } from '../configuration/metatype';
import { allChannels, past, setOne } from './api';
import { EditBox } from './EditBox';
import { ImportBox } from './ImportBox';
import { keyOf, live } from './liveStore';
import { type Channel, TagGrid } from './TagGrid';
import { WriteBox } from './WriteBox';

const none: Channel[] = [];
const queryKey = ['channels'];

/** As a spreadsheet takes it, and as the import understands it. */
const table = (rows: readonly Channel[]): string =>
  [
    ['asset', 'name', 'enabled', 'type', 'value.type', 'unit'],
    ...rows.map((c) => [c.asset, c.name, String(c.enabled), c.type, c.valueType, c.unit ?? '']),
  ]
    .map((cells) => cells.join('\t'))
    .join('\n');

/** Every channel; its last state goes to where the values live, so that a channel is the same as long as it is not edited. */
function seeded(channels: readonly Channel[]): Channel[] {
  return channels.map(({ state, ...channel }) => {
    if (state) live.seed(keyOf(channel.asset, channel.name), state);
    return channel;
  });
}

/** Values flow while the page is seen. */
function useStream(): void {
  useEffect(() => {
    const turn = () => (document.hidden ? live.stop() : live.follow());
    turn();
    document.addEventListener('visibilitychange', turn);
    const again = setInterval(turn, 5000);
    return () => {
      document.removeEventListener('visibilitychange', turn);
      clearInterval(again);
      live.stop();
    };
  }, []);
}

/** All channels with live value, quality and age. */
export function TagsPage() {
  const { t } = useTranslation();
  const { q = '' } = useSearch({ from: '/tags' });
  const queries = useQueryClient();
  const { data = none, error } = useQuery({
    queryKey,
    // the first page is shown while the others come
    queryFn: async () =>
      seeded(await allChannels((first) => queries.setQueryData<Channel[]>(queryKey, (old) => old ?? seeded(first)))),
    refetchInterval: 60_000,
  });
  const [typed, setText] = useState(q);
  const text = useDeferredValue(typed);
  const [quality, setQuality] = useState('');
  const [sort, setSort] = useState('');
  const [writing, setWriting] = useState<Channel>();
  useStream();
  const rows = useMemo(() => {
    const state = (c: Channel) => live.get(keyOf(c.asset, c.name))?.quality ?? 'NONE';
    const found = data.filter((c) => matches(text, c.asset, c.name) && (!quality || state(c) === quality));
    const by = sort.replace('-', '') as 'name' | 'asset' | 'valueType';
    if (!sort) return found;
    const sign = sort.startsWith('-') ? -1 : 1;
    return found.sort((a, b) => sign * a[by].localeCompare(b[by], undefined, { numeric: true }));
  }, [data, text, quality, sort]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [box, setBox] = useState<'edit' | 'import'>();
  const [said, setSaid] = useState('');
  const undoable = useSyncExternalStore(past.subscribe, past.size);
  const choose = useCallback(
    (key: string) =>
      setChosen((old) => {
        const next = new Set(old);
        if (!next.delete(key)) next.add(key);
        return next;
      }),
    [],
  );
  const chooseAll = () => setChosen(chosen.size > 0 ? new Set() : new Set(rows.map((c) => keyOf(c.asset, c.name))));
  const picked = rows.filter((c) => chosen.has(keyOf(c.asset, c.name)));
  const fail = (e: Error) => setSaid(e.message);
  const changed = (words: string) => {
    setSaid(words);
    void queries.invalidateQueries({ queryKey });
  };
  const report = (r: TagReport) => t('tags.did', { ...r });
  const undo = () => past.undo().then(() => changed(t('tags.undone')), fail);
  const copy = () => navigator.clipboard.writeText(table(picked)).then(() => setSaid(t('tags.copied')), fail);
  const refresh = useCallback(() => void queries.invalidateQueries({ queryKey }), [queries]);
  const setUnit = useCallback(
    ({ asset, name }: Channel, unit: string) => {
      setOne(asset, name, { '+unit': unit || null }).then(refresh, (e: Error) => setSaid(e.message));
    },
    [refresh],
  );
  const download = () => exported([...new Set(picked.map((c) => c.asset))]).then((b) => save(b, 'channels.csv'), fail);
  return (
    <>
      <div className="bar">
        <h1>{t('nav.tags')}</h1>
        <span className="muted">{t('tagCount', { count: rows.length })}</span>
        <span className="grow" />
        <NativeSelect
          aria-label={t('quality')}
          value={quality}
          data={[
            { value: '', label: t('tags.anyQuality') },
            { value: 'GOOD', label: t('q.G') },
            { value: 'UNCERTAIN', label: t('q.U') },
            { value: 'BAD', label: t('q.B') },
          ]}
          onChange={(e) => setQuality(e.currentTarget.value)}
        />
        <TextInput
          aria-label={t('search')}
          placeholder={t('search')}
          value={typed}
          onChange={(e) => setText(e.currentTarget.value)}
        />
      </div>
      <div className="bar">
        <span className="muted">{t('tags.chosen', { count: picked.length })}</span>
        <Button variant="default" disabled={picked.length === 0} onClick={() => setBox('edit')}>
          {t('tags.editChosen')}
        </Button>
        <Button variant="default" disabled={picked.length === 0} onClick={() => void copy()}>
          {t('flow.copy')}
        </Button>
        <Button variant="default" onClick={() => setBox('import')}>
          {t('tags.import')}
        </Button>
        <Button variant="default" onClick={() => void download()}>
          {t('tags.export')}
        </Button>
        <Button variant="default" disabled={undoable === 0} onClick={() => void undo()}>
          {t('undo')}
        </Button>
        <span role="status" className="muted">
          {said}
        </span>
      </div>
      {error && <p role="alert">{error.message}</p>}
      <TagGrid {...{ rows, sort, setSort, chosen, choose, chooseAll }} write={setWriting} setUnit={setUnit} />
      {writing && <WriteBox channel={writing} close={() => setWriting(undefined)} />}
      {box === 'edit' && (
        <EditBox
          channels={picked}
          done={(count) => changed(t('tags.edited', { count }))}
          close={() => setBox(undefined)}
        />
      )}
      {box === 'import' && <ImportBox done={(r) => changed(report(r))} close={() => setBox(undefined)} />}
    </>
  );
}
