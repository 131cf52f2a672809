import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../app/Confirm';
import { StateTag } from '../../app/StateTag';
import { useComponent } from '../configuration/api';
import { matches } from '../configuration/metatype';
import { tag } from '../overview/health';
import { type Rule, removeRule, useDefinition, useRules } from './api';
import { RuleForm } from './RuleForm';

const when = (time: unknown) => (time ? new Date(String(time)).toLocaleString() : undefined);

/** Whether it works, whether it is active, and when it last acted. */
function State({ rule }: { rule: Rule }) {
  const { t } = useTranslation();
  const fired = when(rule.figures['last.fired']);
  return (
    <small className="bar">
      {!rule.enabled && <StateTag state="off" />}
      {rule.level !== 'OK' && <StateTag state={tag[rule.level]} />}
      {rule.active && <b>{t('rule.active', { time: when(rule.activeSince) })}</b>}
      <span>{fired ? t('rule.fired', { time: fired, times: Number(rule.figures['firings']) }) : t('rule.never')}</span>
    </small>
  );
}

function Chosen({ rule, leave }: { rule: Rule; leave: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { data, error } = useComponent(rule.pid);
  const drop = async () => {
    await removeRule(rule.pid);
    await queries.invalidateQueries({ queryKey: ['rules'] });
    leave();
  };
  return (
    <>
      <div className="bar">
        <div className="grow">
          <h1>{rule.pid}</h1>
          <State rule={rule} />
        </div>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('conf.delete')}
        </Button>
      </div>
      {rule.reason && <p className={rule.level === 'OK' ? 'muted wrap' : 'error wrap'}>{rule.reason}</p>}
      {error && (
        <p role="alert" className="error">
          {error.message}
        </p>
      )}
      {data?.definition && (
        <RuleForm
          pid={rule.pid}
          definition={data.definition}
          properties={data.properties ?? {}}
          done={() => undefined}
        />
      )}
      {asking && <Confirm title={t('conf.deleteAsk', { pid: rule.pid })} act={drop} close={() => setAsking(false)} />}
    </>
  );
}

/** All rules with their state; one of them in the editor. */
export function RulesPage() {
  const { t } = useTranslation();
  const { pid } = useSearch({ from: '/rules' });
  const navigate = useNavigate();
  const { data = [], error } = useRules();
  const definition = useDefinition();
  const [text, setText] = useState('');
  const [making, setMaking] = useState(false);
  const chosen = data.find((r) => r.pid === pid);
  const open = (next?: string) => {
    setMaking(false);
    void navigate({ to: '/rules', search: next ? { pid: next } : {} });
  };
  return (
    <div className="split" data-chosen={Boolean(chosen) || making}>
      <section className="list" aria-label={t('nav.rules')}>
        <div className="bar">
          <h1>{t('nav.rules')}</h1>
          <span className="grow" />
          <Button onClick={() => setMaking(true)}>{t('rule.new')}</Button>
        </div>
        <TextInput
          aria-label={t('rule.search')}
          placeholder={t('rule.search')}
          value={text}
          onChange={(e) => setText(e.currentTarget.value)}
        />
        {error && <p role="alert">{error.message}</p>}
        {data.length === 0 && <p className="muted">{t('rule.none')}</p>}
        <ul className="panel rows">
          {data
            .filter((r) => matches(text, r.pid, r.when))
            .map((r) => (
              <li key={r.pid}>
                <Link
                  to="/rules"
                  search={{ pid: r.pid }}
                  onClick={() => setMaking(false)}
                  aria-current={r.pid === pid && !making ? 'true' : undefined}
                >
                  <b>{r.pid}</b>
                  <small className="mono">{r.when}</small>
                  <State rule={r} />
                </Link>
              </li>
            ))}
        </ul>
      </section>
      {(making || chosen) && (
        <section className="detail" aria-label={making ? t('rule.new') : chosen?.pid}>
          <button type="button" className="plain backS" onClick={() => open()}>
            ‹ {t('rule.all')}
          </button>
          {making && definition.data && <RuleForm pid="" definition={definition.data} properties={{}} done={open} />}
          {!making && chosen && <Chosen key={chosen.pid} rule={chosen} leave={() => open()} />}
        </section>
      )}
    </div>
  );
}
