import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../app/Confirm';
import type { Difference } from './model';

interface Props {
  name: string;
  difference: Difference;
  /** Whether it can be made to revert. */
  timed: boolean;
  act: (seconds: number) => Promise<unknown>;
  close: () => void;
}

/** What applying would change, before it does. */
export function ApplyBox({ name, difference, timed, act, close }: Props) {
  const { t } = useTranslation();
  const [seconds, setSeconds] = useState(0);
  const rows: [string, string[]][] = [
    [t('flow.diff.added'), difference.added],
    [t('flow.diff.removed'), difference.removed],
    [t('flow.diff.changed'), difference.changed],
    [t('flow.diff.wired'), difference.wired],
    [t('flow.diff.unwired'), difference.unwired],
  ];
  return (
    <Confirm title={t('flow.applyAsk', { name })} act={() => act(seconds)} close={close}>
      <dl className="figures diff">
        {rows
          .filter(([, all]) => all.length > 0)
          .map(([word, all]) => (
            <div key={word}>
              <dt>{word}</dt>
              <dd>{all.join(', ')}</dd>
            </div>
          ))}
        {difference.moved > 0 && (
          <div>
            <dt>{t('flow.diff.moved')}</dt>
            <dd>{difference.moved}</dd>
          </div>
        )}
      </dl>
      {timed && (
        <NativeSelect
          label={t('timed.choose')}
          value={seconds}
          data={[
            { value: '0', label: t('timed.never') },
            { value: '30', label: t('timed.seconds', { count: 30 }) },
            ...[2, 10, 30].map((m) => ({ value: String(60 * m), label: t('timed.minutes', { count: m }) })),
          ]}
          onChange={(e) => setSeconds(Number(e.currentTarget.value))}
        />
      )}
      {difference.removed.length > 0 && <p className="muted">{t('flow.diff.gone')}</p>}
    </Confirm>
  );
}
