import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useJob } from '../../api/jobs';
import { JobLine } from '../../app/JobLine';
import { type Device, type Link, labelOf, type Network, useDevices, useMap } from './api';
import { type Drawing, draw, weak } from './map';

const half = { coordinator: 11, router: 8, end: 6 } as const;

/** The drawing: who hears whom, weak links dashed. The table below says the same in words. */
function Picture({ drawing }: { drawing: Drawing }) {
  const { t } = useTranslation();
  const { nodes, edges, width, height } = drawing;
  return (
    <div className="mapframe panel" tabIndex={0}>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={t('zb.mapAlt')}>
        {edges.map(({ a, b, quality }) => (
          <g key={`${a.ieee} ${b.ieee}`} data-weak={quality < weak || undefined}>
            <line x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
            <text x={a.x + (b.x - a.x) * 0.6} y={a.y + (b.y - a.y) * 0.6}>
              {quality}
            </text>
          </g>
        ))}
        {nodes.map((n) => (
          <g key={n.ieee} data-kind={n.kind}>
            {n.kind === 'end' ? (
              <circle cx={n.x} cy={n.y} r={half.end} />
            ) : (
              <rect x={n.x - half[n.kind]} y={n.y - half[n.kind]} width={2 * half[n.kind]} height={2 * half[n.kind]} />
            )}
            <text className="who" x={n.x} y={n.y + half[n.kind] + 13}>
              {n.label.length > 16 ? `${n.label.slice(0, 15)}…` : n.label}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

function Table({ links, names }: { links: readonly Link[]; names: ReadonlyMap<string, string> }) {
  const { t } = useTranslation();
  return (
    <section className="panel scroll" tabIndex={0} aria-label={t('zb.mapTable')}>
      <table className="plaintable">
        <thead>
          <tr>
            <th scope="col">{t('zb.by')}</th>
            <th scope="col">{t('zb.hears')}</th>
            <th scope="col" className="num">
              LQI
            </th>
            <th scope="col">{t('zb.relation')}</th>
          </tr>
        </thead>
        <tbody>
          {links.map((l) => (
            <tr key={`${l.by} ${l.neighbour}`}>
              <td>{names.get(l.by) ?? l.by}</td>
              <td>{names.get(l.neighbour) ?? l.neighbour}</td>
              <td className={l.linkQuality < weak ? 'num warning' : 'num'}>{l.linkQuality}</td>
              <td>{t(`zb.relations.${relation(l.relation)}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const relations = ['parent', 'child', 'sibling'] as const;
const relation = (text: string) => relations.find((r) => r === text) ?? 'none';

const none: Device[] = [];

/** Who hears whom, as it was asked last; asking all that pass messages on takes a while. */
export function NetworkMap({ network, mayChange }: { network: Network; mayChange: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { pid } = network;
  const { data, error } = useMap(pid);
  const { data: devices = none } = useDevices(pid);
  const { job, run } = useJob();
  const [refused, setRefused] = useState('');
  const ask = () => {
    setRefused('');
    run(`zigbee.map:${pid}`, {})
      .then(() => queries.invalidateQueries({ queryKey: ['zigbee', pid, 'map'] }))
      .catch((e: Error) => setRefused(e.message));
  };
  const names = new Map(devices.map((d) => [d.ieee, labelOf(d)]));
  if (network.coordinator) names.set(network.coordinator, t('zb.coordinator'));
  const words = refused || error?.message;
  return (
    <section aria-label={t('zb.map')}>
      <div className="bar above">
        <h2 className="grow">{t('zb.map')}</h2>
        {mayChange && (
          <Button variant="default" disabled={job !== undefined && !job.ended} onClick={ask}>
            {t('zb.askMap')}
          </Button>
        )}
      </div>
      <JobLine job={job} />
      {words && (
        <p role="alert" className="error wrap">
          {words}
        </p>
      )}
      {data?.links.length === 0 && <p className="muted">{t('zb.noMap')}</p>}
      {data && data.links.length > 0 && network.coordinator && (
        <>
          <Picture drawing={draw(network.coordinator, devices, data.links, t('zb.coordinator'))} />
          <Table links={data.links} names={names} />
        </>
      )}
      {data && data.silent.length > 0 && (
        <p className="warning wrap">
          {t('zb.silentOnes', { names: data.silent.map((s) => names.get(s) ?? s).join(', ') })}
        </p>
      )}
    </section>
  );
}
