import { useTranslation } from 'react-i18next';
import { StateTag } from '../../app/StateTag';
import { bytes } from '../overview/glance';
import { type SourceState, tag } from '../overview/health';

const prefix = 'cloud/data/';

/** What waits on disk for the broker, of each connection: how much, how old, and what became of the rest. */
export function Outbox({ states }: { states: Record<string, SourceState> }) {
  const { t } = useTranslation();
  const own = Object.entries(states).filter(([name]) => name.startsWith(prefix));
  if (own.length === 0) return null;
  const of = (state: SourceState, name: string) => Number(state.figures[name] ?? 0);
  const count = (state: SourceState, name: string) => of(state, name).toLocaleString();
  return (
    <section aria-label={t('outbox.title')}>
      <h2>{t('outbox.title')}</h2>
      <ul className="panel rows">
        {own.map(([name, state]) => (
          <li key={name} className="row">
            <div className="bar">
              <StateTag state={tag[state.level]} />
              <b className="wrap grow">{name.slice(prefix.length)}</b>
              <span className="live">{t('outbox.waiting', { n: count(state, 'outbox.depth') })}</span>
              {of(state, 'outbox.depth') > 0 && (
                <span>{t('outbox.oldest', { seconds: Math.round(of(state, 'outbox.oldest.age.ms') / 1000) })}</span>
              )}
              <span className="muted">{bytes(of(state, 'outbox.bytes'))}</span>
              <span className="muted">{t('outbox.inFlight', { n: count(state, 'outbox.in.flight') })}</span>
            </div>
            <div className="bar muted">
              <span>{t('outbox.confirmed', { n: count(state, 'confirmed') })}</span>
              <span className={of(state, 'evicted') > 0 ? 'warning' : ''}>
                {t('outbox.evicted', { n: count(state, 'evicted') })}
              </span>
              <span className={of(state, 'dropped') > 0 ? 'warning' : ''}>
                {t('outbox.dropped', { n: count(state, 'dropped') })}
              </span>
              <span className={of(state, 'damaged') > 0 ? 'warning' : ''}>
                {t('outbox.damaged', { n: count(state, 'damaged') })}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
