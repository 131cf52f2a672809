import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../api/client';
import { jobKinds, useJob } from '../../api/jobs';
import type { Ad, Component } from '../../api/metatype';
import { imported, type TagReport } from '../../api/tables';
import { JobLine } from '../../app/JobLine';
import { StateTag } from '../../app/StateTag';
import { apply, create, useInstances } from '../configuration/api';
import { Field } from '../configuration/Field';
import { initial, toProperties, type Values, validate } from '../configuration/metatype';
import { mark, show } from '../tags/format';
import type { Channel } from '../tags/TagGrid';
import { arrived, asTable, channelAds, driverKinds, family, foundRows, header, linkState } from './guide';

const none: Ad[] = [];
const scanned = '0-31';

interface Found {
  unit: number;
  answer: string;
}

/** The values of the new device, each second. */
function Live({ asset }: { asset: string }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['channels', 'of', asset],
    queryFn: () => get<{ channels: Channel[] }>(`/api/v1/channels?asset=${encodeURIComponent(asset)}&limit=50`),
    refetchInterval: 1000,
  });
  return (
    <section className="panel form" aria-label={t('guide.live')}>
      <h2>{t('guide.live')}</h2>
      <dl className="figures">
        {data?.channels.map((c) => (
          <div key={c.name} data-q={mark(c.state?.quality)}>
            <dt>{c.name}</dt>
            <dd className="live">
              {show(c.state?.value)} {c.unit} {c.state?.quality === 'GOOD' ? '' : c.state?.reason}
            </dd>
          </div>
        ))}
      </dl>
      <Link to="/tags" search={{ q: asset }}>
        {t('dev.channels')}
      </Link>
    </section>
  );
}

/** From the driver to live values on one page: connection with test, scan or table, channels, values. */
export function NewDevicePage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data: kinds = [] } = useQuery({ queryKey: ['devices', 'kinds'], queryFn: driverKinds });
  const { data: instances = [] } = useInstances();
  const [kind, setKind] = useState<Component>();
  const [name, setName] = useState('');
  const [edits, setEdits] = useState<Values>({});
  const [made, setMade] = useState(false);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ text: string; bad: boolean }>();
  const [units, setUnits] = useState<Found[]>();
  const [unit, setUnit] = useState('');
  const [ads, setAds] = useState<Ad[]>(none);
  const [table, setTable] = useState('');
  const [report, setReport] = useState<TagReport>();
  const { job, run } = useJob();
  const asset = `${name}-device`;
  const connection = kind?.definition?.ad ?? none;
  const before = initial({ pid: '', ...(kind?.definition ? { definition: kind.definition } : {}) });
  const values = { ...before, ...edits };
  const errors = validate(connection, values);

  const choose = (pid: string) => {
    const next = kinds.find((k) => k.pid === pid);
    setKind(next);
    setEdits({});
    setMade(false);
    setSaid(undefined);
    setUnits(undefined);
    const stem = next ? family(next.pid) : '';
    let n = 1;
    while (instances.some((i) => i.pid === `${stem}-${n}`)) n++;
    setName(next ? `${stem}-${n}` : '');
  };
  /** Runs work with its end said on the page. */
  const during = async (work: () => Promise<{ text: string; bad: boolean } | undefined>) => {
    setBusy(true);
    setSaid(undefined);
    try {
      setSaid(await work());
    } catch (e) {
      setSaid({ text: (e as Error).message, bad: true });
    } finally {
      setBusy(false);
    }
  };
  const connect = (event: FormEvent) => {
    event.preventDefault();
    void during(async () => {
      if (!kind) return undefined;
      const given = Object.entries(toProperties(connection, before, values)).flatMap(([k, p]) => (p ? [[k, p]] : []));
      const properties = Object.fromEntries(given);
      if (made) await apply(name, properties);
      else await create(name, kind.pid, properties);
      setMade(true);
      await arrived(name);
      const own = await channelAds(name);
      setAds(own);
      setTable(asTable([header(own)]));
      if ((await jobKinds()).includes(`${family(kind.pid)}.scan`)) {
        const end = await run(`${family(kind.pid)}.scan`, { driver: name, units: '1-10' });
        const found = (end.result as { units?: Found[] } | undefined)?.units ?? [];
        setUnits(found);
        setUnit(String(found[0]?.unit ?? ''));
        return { text: t('guide.units', { count: found.length }), bad: found.length === 0 };
      }
      const state = await linkState(name);
      return { text: state?.reason || t('guide.made', { name }), bad: state !== undefined && state.level !== 'OK' };
    });
  };
  const look = () =>
    during(async () => {
      if (!kind) return undefined;
      const end = await run(`${family(kind.pid)}.ranges`, { driver: name, unit, addresses: scanned });
      const ranges = (end.result as { ranges?: { from: number; to: number }[] } | undefined)?.ranges ?? [];
      const rows = foundRows(asset, name, Number(unit), ads, ranges);
      setTable(asTable([header(ads), ...rows]));
      return { text: t('guide.addresses', { count: rows.length }), bad: rows.length === 0 };
    });
  const make = () =>
    during(async () => {
      const first = await imported(table, { dryRun: true });
      setReport(first);
      if (first.problems.length > 0) return { text: t('tags.notTaken'), bad: true };
      setReport(await imported(table, {}));
      await apply(asset, { 'poll.interval.ms': { type: 'LONG', value: 1000 } });
      void queries.invalidateQueries();
      return { text: t('guide.done', { count: first.added }), bad: false };
    });
  return (
    <>
      <div className="bar">
        <h1>{t('guide.title')}</h1>
        <span className="grow" />
        <Link to="/devices">{t('nav.devices')}</Link>
      </div>
      <form className="panel form" onSubmit={connect} noValidate>
        <h2>{t('guide.connection')}</h2>
        <NativeSelect
          label={t('driver')}
          value={kind?.pid ?? ''}
          data={[{ value: '', label: '' }, ...kinds.map((k) => ({ value: k.pid, label: k.definition?.name ?? k.pid }))]}
          onChange={(e) => choose(e.currentTarget.value)}
        />
        {kind && (
          <>
            <TextInput
              label={t('name')}
              value={name}
              disabled={made}
              onChange={(e) => setName(e.currentTarget.value)}
            />
            {connection.map((ad) => (
              <Field
                key={ad.id}
                pid={name}
                ad={ad}
                value={values[ad.id]}
                error={errors[ad.id] && t('guide.wrong')}
                set={(value) => setEdits((old) => ({ ...old, [ad.id]: value }))}
              />
            ))}
            <div className="bar sticky">
              <Button type="submit" loading={busy} disabled={!name || Object.keys(errors).length > 0}>
                {t('guide.test')}
              </Button>
              <StateTag state={said?.bad ? 'alarm' : 'ok'} />
              <span role="status" className={said?.bad ? 'error wrap' : 'wrap'}>
                {said?.text}
              </span>
            </div>
          </>
        )}
        <JobLine job={job} />
      </form>
      {made && (
        <section className="panel form" aria-label={t('dev.channels')}>
          <h2>{t('dev.channels')}</h2>
          {units && units.length > 0 && (
            <div className="bar">
              <NativeSelect
                aria-label={t('guide.unit')}
                value={unit}
                data={units.map((u) => ({
                  value: String(u.unit),
                  label: `${t('guide.unit')} ${u.unit} (${u.answer})`,
                }))}
                onChange={(e) => setUnit(e.currentTarget.value)}
              />
              <Button variant="default" loading={busy} onClick={() => void look()}>
                {t('guide.look', { range: scanned })}
              </Button>
            </div>
          )}
          <Textarea
            className="code"
            label={t('tags.paste')}
            description={t('tags.importHelp')}
            rows={8}
            value={table}
            onChange={(e) => setTable(e.currentTarget.value)}
          />
          <ul className="rows">
            {report?.problems.map((p) => (
              <li key={`${p.row} ${p.column}`} className="error">
                {t('tags.problem', { ...p })}
              </li>
            ))}
          </ul>
          <div className="bar">
            <Button loading={busy} onClick={() => void make()}>
              {t('guide.make')}
            </Button>
          </div>
        </section>
      )}
      {report?.applied && <Live asset={asset} />}
    </>
  );
}
