import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { matches } from '../configuration/metatype';
import { type Kind, shortName } from './model';

interface Props {
  kinds: readonly Kind[];
  /** Assets that are not in this graph. */
  assets: readonly string[];
  add: (kind: Kind) => void;
  place: (pid: string) => void;
}

/** What can be put into the graph: kinds of components, and assets that are there. */
export function Palette({ kinds, assets, add, place }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  return (
    <section className="panel palette" aria-label={t('flow.palette')}>
      <TextInput
        aria-label={t('flow.paletteSearch')}
        placeholder={t('flow.paletteSearch')}
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
      />
      {assets.length > 0 && <h2>{t('flow.assets')}</h2>}
      <ul className="rows">
        {assets
          .filter((pid) => matches(text, pid))
          .map((pid) => (
            <li key={pid}>
              <button type="button" className="item" onClick={() => place(pid)}>
                {pid}
              </button>
            </li>
          ))}
      </ul>
      <h2>{t('flow.kinds')}</h2>
      <ul className="rows">
        {kinds
          .filter((k) => matches(text, k.factoryPid))
          .map((k) => (
            <li key={k.factoryPid}>
              <button type="button" className="item" title={k.factoryPid} onClick={() => add(k)}>
                {shortName(k.factoryPid)}
              </button>
            </li>
          ))}
      </ul>
    </section>
  );
}
