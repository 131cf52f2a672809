import { useTranslation } from 'react-i18next';
import { StateTag } from '../../app/StateTag';
import { type SourceState, tag } from '../overview/health';

/** What the room of the cloud says about itself: links with their reasons, the outbox with its figures. */
export function Health({ states }: { states: Record<string, SourceState> }) {
  const { t } = useTranslation();
  const own = Object.entries(states).filter(([name]) => name.startsWith('cloud/'));
  if (own.length === 0) return null;
  return (
    <section aria-label={t('cloud.state')}>
      <h2>{t('cloud.state')}</h2>
      <ul className="panel rows">
        {own.map(([name, state]) => (
          <li key={name} className="bar row">
            <b className="wrap">{name}</b>
            <StateTag state={tag[state.level]} />
            <span className="wrap">{state.reason}</span>
            <span className="muted wrap">
              {Object.entries(state.figures)
                .map(([k, v]) => `${k} ${v}`)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
