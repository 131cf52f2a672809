import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../api/client';
import { matches } from '../configuration/metatype';
import { keyOf, live } from './liveStore';
import { type Channel, TagGrid } from './TagGrid';
import { WriteBox } from './WriteBox';

const step = 1000;
const none: Channel[] = [];

async function channels(): Promise<Channel[]> {
  const all: Channel[] = [];
  for (;;) {
    const page = await get<{ total: number; channels: Channel[] }>(
      `/api/v1/channels?limit=${step}&offset=${all.length}`,
    );
    all.push(...page.channels);
    if (page.channels.length < step || all.length >= page.total) return all;
  }
}

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
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
  const { data = none, error } = useQuery({ queryKey: ['channels'], queryFn: channels, refetchInterval: 30_000 });
  const [typed, setText] = useState(q);
  const text = useDeferredValue(typed);
  const [quality, setQuality] = useState('');
  const [sort, setSort] = useState('');
  const [writing, setWriting] = useState<Channel>();
  const now = useNow();
  useStream();
  const rows = useMemo(() => {
    const state = (c: Channel) => (live.get(keyOf(c.asset, c.name)) ?? c.state)?.quality ?? 'NONE';
    const found = data.filter((c) => matches(text, c.asset, c.name) && (!quality || state(c) === quality));
    const by = sort.replace('-', '') as 'name' | 'asset' | 'valueType';
    if (!sort) return found;
    const sign = sort.startsWith('-') ? -1 : 1;
    return found.sort((a, b) => sign * a[by].localeCompare(b[by], undefined, { numeric: true }));
  }, [data, text, quality, sort]);
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
      {error && <p role="alert">{error.message}</p>}
      <TagGrid rows={rows} now={now} sort={sort} setSort={setSort} write={setWriting} />
      {writing && <WriteBox channel={writing} close={() => setWriting(undefined)} />}
    </>
  );
}
