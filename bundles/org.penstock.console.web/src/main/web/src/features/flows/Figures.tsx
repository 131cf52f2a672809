import { useTranslation } from 'react-i18next';
import { StateTag } from '../../app/StateTag';
import type { Status } from './api';
import { lines, type Rate } from './rates';

const ms = (nanos: number) => (nanos / 1e6).toFixed(nanos < 1e7 ? 2 : 0);

/** How a running component does, and what went through it last. */
export function Figures({ status, rate }: { status: Status; rate: Rate | undefined }) {
  const { t } = useTranslation();
  const figures: [string, string][] = [
    [t('flow.received'), `${status.received} (${(rate?.received ?? 0).toFixed(1)}/s)`],
    [t('flow.emitted'), `${status.emitted} (${(rate?.emitted ?? 0).toFixed(1)}/s)`],
    [t('flow.failed'), String(status.failed)],
    [t('flow.waiting'), `${status.waiting} / ${status.dropped}`],
    [t('flow.mean'), `${ms(status.received ? status.totalNanos / status.received : 0)} ms`],
    [t('flow.longest'), `${ms(status.longestNanos)} ms`],
  ];
  return (
    <section aria-label={t('flow.figures')}>
      {!status.present && (
        <p>
          <StateTag state="off" /> {t('flow.absent')}
        </p>
      )}
      {status.aside && (
        <p>
          <StateTag state="warn" /> {t('flow.aside')}
        </p>
      )}
      {(status.trouble || status.lastError) && <p className="error wrap">{status.trouble || status.lastError}</p>}
      <dl className="figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {status.last.length > 0 && <h2>{t('flow.last', { time: new Date(status.lastAt).toLocaleTimeString() })}</h2>}
      <dl className="figures mono">
        {lines(status)
          .slice(0, 12)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
