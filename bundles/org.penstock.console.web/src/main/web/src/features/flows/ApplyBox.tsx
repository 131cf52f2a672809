import { useTranslation } from 'react-i18next';
import { Confirm } from '../../app/Confirm';
import type { Difference } from './model';

interface Props {
  name: string;
  difference: Difference;
  act: () => Promise<unknown>;
  close: () => void;
}

/** What applying would change, before it does. */
export function ApplyBox({ name, difference, act, close }: Props) {
  const { t } = useTranslation();
  const rows: [string, string[]][] = [
    [t('flow.diff.added'), difference.added],
    [t('flow.diff.removed'), difference.removed],
    [t('flow.diff.changed'), difference.changed],
    [t('flow.diff.wired'), difference.wired],
    [t('flow.diff.unwired'), difference.unwired],
  ];
  return (
    <Confirm title={t('flow.applyAsk', { name })} act={act} close={close}>
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
      {difference.removed.length > 0 && <p className="muted">{t('flow.diff.gone')}</p>}
    </Confirm>
  );
}
