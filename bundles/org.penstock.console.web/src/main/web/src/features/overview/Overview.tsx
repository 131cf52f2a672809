import { useTranslation } from 'react-i18next';
import { mayAny } from '../../api/session';
import { useSession } from '../../app/SessionGate';
import { StateTag } from '../../app/StateTag';
import { AtAGlance } from './AtAGlance';
import { Changes } from './Changes';
import { type SourceState, tag, useHealth } from './health';

function Figures({ figures }: { figures: SourceState['figures'] }) {
  return (
    <dl className="figures">
      {Object.entries(figures).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === 'number' ? value.toLocaleString() : value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Card({ name, state }: { name: string; state: SourceState }) {
  const { t } = useTranslation();
  const abnormal = state.level !== 'OK';
  return (
    <article className="panel card" data-s={tag[state.level]}>
      <h3>{name}</h3>
      {abnormal && <StateTag state={tag[state.level]} />}
      {state.reason && <p>{state.reason}</p>}
      {abnormal && <p className="muted">{t('since', { time: new Date(state.since).toLocaleString() })}</p>}
      <Figures figures={state.figures} />
    </article>
  );
}

/** What is abnormal first, each room's parts below it. */
export function Overview() {
  const { t } = useTranslation();
  const { identity } = useSession();
  const { data, error } = useHealth();
  if (error) return <p role="alert">{error.message}</p>;
  if (!data) return null;
  const all = Object.entries(data.states);
  const abnormal = all.filter(([, s]) => s.level !== 'OK');
  const rooms = [...new Set(all.map(([name]) => name.split('/')[0] ?? name))];
  return (
    <>
      <h1>{t('nav.overview')}</h1>
      <AtAGlance health={data} />
      <section aria-label={t('abnormal')}>
        {abnormal.length === 0 ? (
          <p>{t('allNormal')}</p>
        ) : (
          <>
            <h2>{t('abnormal')}</h2>
            <div className="cards">
              {abnormal.map(([name, state]) => (
                <Card key={name} name={name} state={state} />
              ))}
            </div>
          </>
        )}
      </section>
      {mayAny(identity, ['logs.engineer']) && <Changes />}
      {rooms.map((room) => (
        <section key={room} aria-label={room}>
          <h2>{room}</h2>
          <div className="cards">
            {all
              .filter(([name, s]) => name.split('/')[0] === room && s.level === 'OK')
              .map(([name, state]) => (
                <Card key={name} name={name.slice(room.length + 1)} state={state} />
              ))}
          </div>
        </section>
      ))}
    </>
  );
}
