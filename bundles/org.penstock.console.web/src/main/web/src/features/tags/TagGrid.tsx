import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { age, mark, show } from './format';
import { clock, keyOf, live, type Sample } from './liveStore';

export interface Channel {
  asset: string;
  name: string;
  type: string;
  valueType: string;
  unit: string;
  enabled: boolean;
  state?: Sample;
}
const small = () => matchMedia('(max-width: 720px)').matches;
const nameWidth = () => (small() ? 120 : 200);
const widths = { choice: 28, value: 96, unit: 56, quality: 84, age: 64, asset: 160, type: 92, reason: 280 } as const;

interface RowProps {
  channel: Channel;
  top: number;
  index: number;
  chosen: boolean;
  choose: (key: string) => void;
  write: (channel: Channel) => void;
}

const LiveRow = memo(function LiveRow({ channel, top, index, chosen, choose, write }: RowProps) {
  const { t } = useTranslation();
  const key = keyOf(channel.asset, channel.name);
  const subscribe = useCallback((watcher: () => void) => live.subscribe(key, watcher), [key]);
  const sample = useSyncExternalStore(subscribe, () => live.get(key)) ?? channel.state;
  const old = useSyncExternalStore(clock.subscribe, () => age(sample?.at, clock.get()));
  const q = mark(sample?.quality);
  return (
    <tr data-q={q} aria-rowindex={index + 2} style={{ transform: `translateY(${top}px)` }}>
      <td style={{ width: widths.choice }}>
        <input
          type="checkbox"
          aria-label={`${channel.asset} ${channel.name}`}
          checked={chosen}
          onChange={() => choose(key)}
        />
      </td>
      <td style={{ width: nameWidth() }} title={channel.name}>
        {channel.type.includes('WRITE') ? (
          <button type="button" className="plain" onClick={() => write(channel)} title={t('tags.write')}>
            {channel.name} ✎
          </button>
        ) : (
          channel.name
        )}
      </td>
      <td className="num live" style={{ width: widths.value }}>
        {show(sample?.value)}
      </td>
      <td className="muted" style={{ width: widths.unit }}>
        {channel.unit}
      </td>
      <td className="qcell" style={{ width: widths.quality }} title={sample?.reason}>
        {q ? t(`q.${q}`) : ''}
      </td>
      <td className="muted num hideS" style={{ width: widths.age }}>
        {old}
      </td>
      <td className="muted hideS" style={{ width: widths.asset }}>
        {channel.asset}
      </td>
      <td className="muted hideS" style={{ width: widths.type }}>
        {channel.valueType}
      </td>
      <td className="muted hideS flex" style={{ width: widths.reason }}>
        {channel.enabled ? sample?.reason : t('state.off')}
      </td>
    </tr>
  );
});

interface GridProps {
  rows: Channel[];
  sort: string;
  setSort: (by: string) => void;
  chosen: ReadonlySet<string>;
  choose: (key: string) => void;
  chooseAll: () => void;
  write: (channel: Channel) => void;
}

/** Draws only the rows in sight. */
export function TagGrid({ rows, sort, setSort, chosen, choose, chooseAll, write }: GridProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const height = small() ? 32 : 24;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 6,
  });
  const head = (id: 'name' | 'asset' | 'valueType', label: string, width: number, css = '') => {
    const state = sort === id ? 'ascending' : sort === `-${id}` ? 'descending' : 'none';
    return (
      <th scope="col" className={css} style={{ width }} aria-sort={state}>
        <button type="button" onClick={() => setSort(sort === id ? `-${id}` : id)}>
          {label}
          {{ ascending: ' ↑', descending: ' ↓', none: '' }[state]}
        </button>
      </th>
    );
  };
  const plain = (label: string, width: number, css = '') => (
    <th scope="col" className={css} style={{ width }}>
      {label}
    </th>
  );
  return (
    <section className="grid" ref={scroller} tabIndex={0} aria-label={t('nav.tags')}>
      <table aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            <th scope="col" style={{ width: widths.choice }}>
              <input
                type="checkbox"
                aria-label={t('tags.chooseAll')}
                checked={rows.length > 0 && chosen.size >= rows.length}
                onChange={chooseAll}
              />
            </th>
            {head('name', t('name'), nameWidth())}
            {plain(t('value'), widths.value, 'num')}
            {plain(t('unit'), widths.unit)}
            {plain(t('quality'), widths.quality)}
            {plain(t('tags.age'), widths.age, 'num hideS')}
            {head('asset', t('tags.asset'), widths.asset, 'hideS')}
            {head('valueType', t('type'), widths.type, 'hideS')}
            {plain(t('tags.reason'), widths.reason, 'hideS flex')}
          </tr>
        </thead>
        <tbody style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const channel = rows[item.index];
            if (!channel) return null;
            const key = keyOf(channel.asset, channel.name);
            return (
              <LiveRow
                key={key}
                channel={channel}
                top={item.start}
                index={item.index}
                chosen={chosen.has(key)}
                choose={choose}
                write={write}
              />
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
