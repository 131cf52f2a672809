import { useTranslation } from 'react-i18next';
import { StateTag } from '../../app/StateTag';
import { type Band, gatewayState, type RadioGateway, useGateways } from './api';

const seconds = (ms: number) => (ms / 1000).toLocaleString(undefined, { maximumFractionDigits: 1 });

/** How much of its hour a gateway has sent in a band. */
function Air({ band }: { band: Band }) {
  const { t } = useTranslation();
  const name = `${band.fromHz / 1e6}–${band.toHz / 1e6} MHz`;
  return (
    <span className="air">
      <meter min={0} max={band.limitMs} high={0.8 * band.limitMs} value={band.airMs} aria-label={name} />
      <span>
        {name} <b className="num">{t('lora.air', { used: seconds(band.airMs), limit: seconds(band.limitMs) })}</b>
      </span>
    </span>
  );
}

function Line({ gateway }: { gateway: RadioGateway }) {
  const { t } = useTranslation();
  return (
    <li className="row">
      <div className="bar">
        <StateTag state={gatewayState(gateway)} />
        <b className="mono">{gateway.eui}</b>
        <span>{t(gateway.kind === 'station' ? 'lora.station' : 'lora.udp')}</span>
        {!gateway.reachable && <span>{t('lora.unreachable')}</span>}
        <span className="muted">{t('lora.quiet', { seconds: seconds(gateway.quietMs) })}</span>
      </div>
      <div className="airs">
        {gateway.bands
          .filter((b) => b.airMs > 0)
          .map((b) => (
            <Air key={b.fromHz} band={b} />
          ))}
      </div>
      {gateway.statistics && <small className="muted mono wrap">{gateway.statistics}</small>}
    </li>
  );
}

/** The gateways that were heard of: state, silence, airtime against the duty cycle, and what they tell of themselves. */
export function Gateways({ pid }: { pid: string }) {
  const { t } = useTranslation();
  const { data, error } = useGateways(pid);
  return (
    <section aria-label={t('lora.gateways')}>
      <h2>{t('lora.gateways')}</h2>
      {error && <p role="alert">{error.message}</p>}
      {data?.length === 0 && <p className="muted">{t('lora.noGateways')}</p>}
      <ul className="panel rows" aria-label={t('lora.gateways')}>
        {data?.map((g) => (
          <Line key={g.eui} gateway={g} />
        ))}
      </ul>
    </section>
  );
}
