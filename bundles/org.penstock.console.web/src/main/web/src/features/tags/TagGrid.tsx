import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { age, mark, show } from './format';
import { clock, keyOf, live, type Sample } from './liveStore';
import { UnitCell } from './UnitCell';

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
  index: number;
  chosen: boolean;
  choose: (key: string) => void;
  write: (channel: Channel) => void;
  setUnit: (channel: Channel, unit: string) => void;
}

/** Puts a text into a cell if it is another one. */
function put(cell: HTMLElement | undefined, text: string, most: number): void {
  const node = cell?.firstChild as Text | null | undefined;
  if (node?.data === text) return;
  if (node) node.data = text;
  else cell?.append(text);
  if (cell && cell.classList.contains('long') !== text.length > most) cell.classList.toggle('long');
}

/** Letters that fit into a column for certain. */
const fits = { value: 11, quality: 9, age: 7, reason: 0, name: 24, asset: 18 } as const;
const css = (text: string, most: number, more = '') => `${more}${text.length > most ? ' long' : ''}`;

/**
 * What changes each second is written to the cells by hand: a thousand of them drawn by React cost several times
 * as much.
 */
const LiveRow = memo(function LiveRow(props: RowProps) {
  const { channel, index, chosen, choose, write, setUnit } = props;
  const { t } = useTranslation();
  const row = useRef<HTMLTableRowElement>(null);
  const key = keyOf(channel.asset, channel.name);
  const { enabled } = channel;
  useLayoutEffect(() => {
    const cell = (name: string) => row.current?.querySelector<HTMLElement>(`[data-cell=${name}]`) ?? undefined;
    const [value, quality, old, reason] = ['value', 'quality', 'age', 'reason'].map(cell);
    const words = { G: t('q.G'), U: t('q.U'), B: t('q.B') }; // once, not a thousand times each second
    const off = t('state.off');
    const draw = () => {
      const sample = live.get(key);
      const q = mark(sample?.quality);
      put(value, show(sample?.value), fits.value);
      put(quality, q ? words[q] : '', fits.quality);
      put(reason, enabled ? (sample?.reason ?? '') : off, fits.reason);
      if (row.current && row.current.dataset['q'] !== q) {
        if (q) row.current.dataset['q'] = q;
        else delete row.current.dataset['q'];
      }
      const why = sample?.reason ?? '';
      if (quality && quality.title !== why) quality.title = why;
    };
    const tick = () => put(old, age(live.get(key)?.at, clock.get()), fits.age);
    draw();
    tick();
    const ends = [live.subscribe(key, draw), clock.subscribe(tick)];
    return () => {
      for (const end of ends) end();
    };
  }, [key, enabled, t]);
  return (
    <tr ref={row} aria-rowindex={index + 2}>
      <td style={{ width: widths.choice }}>
        <input
          type="checkbox"
          aria-label={`${channel.asset} ${channel.name}`}
          checked={chosen}
          onChange={() => choose(key)}
        />
      </td>
      <td className={css(channel.name, small() ? 12 : fits.name)} style={{ width: nameWidth() }} title={channel.name}>
        {channel.type.includes('WRITE') ? (
          <button type="button" className="plain" onClick={() => write(channel)} title={t('tags.write')}>
            {channel.name} ✎
          </button>
        ) : (
          channel.name
        )}
      </td>
      <td className="num live" data-cell="value" style={{ width: widths.value }} />
      <td className="muted" style={{ width: widths.unit }}>
        <UnitCell channel={channel} setUnit={setUnit} />
      </td>
      <td className="qcell" data-cell="quality" style={{ width: widths.quality }} />
      <td className="muted num hideS" data-cell="age" style={{ width: widths.age }} />
      <td className={css(channel.asset, fits.asset, 'muted hideS')} style={{ width: widths.asset }}>
        {channel.asset}
      </td>
      <td className="muted hideS" style={{ width: widths.type }}>
        {channel.valueType}
      </td>
      <td className="muted hideS flex" data-cell="reason" style={{ width: widths.reason }} />
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
  setUnit: (channel: Channel, unit: string) => void;
}

/** Draws only the rows in sight. */
export function TagGrid({ rows, sort, setSort, chosen, choose, chooseAll, write, setUnit }: GridProps) {
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
        <tbody style={{ height: virtual.getTotalSize(), paddingTop: virtual.getVirtualItems()[0]?.start ?? 0 }}>
          {virtual.getVirtualItems().map((item) => {
            const channel = rows[item.index];
            if (!channel) return null;
            const key = keyOf(channel.asset, channel.name);
            return (
              <LiveRow
                key={key}
                channel={channel}
                index={item.index}
                chosen={chosen.has(key)}
                choose={choose}
                write={write}
                setUnit={setUnit}
              />
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
