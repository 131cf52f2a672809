import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useGateway } from '../../app/gateway';
import { bytes, glance } from './glance';
import type { HealthPage } from './health';

const day = 86_400_000;

function Fact({ name, to, children }: { name: string; to?: string; children: ReactNode }) {
  return (
    <div className="panel fact">
      <dt>{to ? <Link to={to}>{name}</Link> : name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Links, clouds, outbox, processor, memory, disk, start and certificate: one line each. */
export function AtAGlance({ health }: { health: HealthPage }) {
  const { t } = useTranslation();
  const gateway = useGateway();
  const before = useRef<HealthPage>(undefined);
  const facts = glance(health, before.current);
  useEffect(
    () => () => {
      before.current = health;
    },
    [health],
  );
  const { links, clouds, outbox, cpu, memory, disk, certificate } = facts;
  const days = certificate ? Math.floor((Date.parse(certificate) - Date.now()) / day) : 0;
  return (
    <dl className="facts" aria-label={t('glance.title')}>
      <Fact name={t('glance.links')} to="/devices">
        {t('glance.online', { n: links.online })}
        {links.offline > 0 && <span className="warning"> {t('glance.offline', { n: links.offline })}</span>}
      </Fact>
      <Fact name={t('glance.clouds')} to="/cloud">
        {t('glance.connected', { n: clouds.connected, all: clouds.all })}
      </Fact>
      <Fact name={t('glance.outbox')} to="/cloud">
        {outbox.depth === 0
          ? t('glance.empty')
          : t('glance.waiting', { n: outbox.depth.toLocaleString(), seconds: Math.round(outbox.oldestMs / 1000) })}
      </Fact>
      <Fact name={t('glance.cpu')}>{cpu === undefined ? '-' : `${cpu.toFixed(0)} %`}</Fact>
      <Fact name={t('glance.memory')}>
        {memory ? t('glance.of', { used: bytes(memory.used), max: bytes(memory.max) }) : '-'}
      </Fact>
      <Fact name={t('glance.disk')}>
        {disk ? t('glance.free', { free: bytes(disk.free), size: bytes(disk.size) }) : '-'}
      </Fact>
      <Fact name={t('glance.started')}>{gateway.data ? new Date(gateway.data.started).toLocaleString() : '-'}</Fact>
      <Fact name={t('glance.certificate')} to="/security">
        {certificate ? t('glance.until', { date: new Date(certificate).toLocaleDateString(), count: days }) : '-'}
      </Fact>
    </dl>
  );
}
