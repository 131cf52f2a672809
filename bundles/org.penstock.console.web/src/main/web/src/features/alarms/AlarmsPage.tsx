import { Button, NumberInput, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAny } from '../../api/session';
import { Confirm } from '../../app/Confirm';
import { useSession } from '../../app/SessionGate';
import { StateTag } from '../../app/StateTag';
import { type Alarm, type Operation, operate, operations, ordered, tagOf, useAlarmStream, useAlarms } from './api';
import { Journal } from './Journal';

const time = (text: string | undefined) => (text ? new Date(text).toLocaleString() : '');

/** What somebody does to an alarm, with what there is to say about it. */
function Act({ alarm, operation, close }: { alarm: Alarm; operation: Operation; close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [comment, setComment] = useState('');
  const [minutes, setMinutes] = useState(30);
  const act = async () => {
    await operate(alarm.name, operation, comment, minutes);
    await queries.invalidateQueries({ queryKey: ['alarms'] });
  };
  return (
    <Confirm title={`${t(`alarm.do.${operation}`)}: ${alarm.name}`} act={act} close={close}>
      {alarm.message && <p>{alarm.message}</p>}
      <TextInput
        label={t('alarm.comment')}
        value={comment}
        onChange={(e) => setComment(e.currentTarget.value)}
        data-autofocus
      />
      {operation === 'shelve' && (
        <NumberInput
          label={t('alarm.minutes')}
          min={1}
          max={1440}
          value={minutes}
          onChange={(n) => setMinutes(Number(n))}
        />
      )}
    </Confirm>
  );
}

interface LineProps {
  alarm: Alarm;
  mayAct: boolean;
  ask: (operation: Operation) => void;
}

function Line({ alarm, mayAct, ask }: LineProps) {
  const { t } = useTranslation();
  return (
    <li className="alarm" data-s={tagOf(alarm)} data-flash={alarm.state === 'UNACKNOWLEDGED'}>
      <div className="bar">
        <StateTag state={tagOf(alarm)} />
        <Link to="/alarms" search={{ alarm: alarm.name }}>
          <b>{alarm.name}</b>
        </Link>
        <span>{t(`alarm.state.${alarm.state}`)}</span>
        <span className="muted">{t(`alarm.priority.${alarm.priority}`)}</span>
        {alarm.firstOut && <b>{t('alarm.firstOut', { group: alarm.group })}</b>}
        <span className="bar acts">
          {(mayAct ? operations(alarm) : []).map((operation) => (
            <Button
              key={operation}
              variant={operation === 'acknowledge' ? 'filled' : 'default'}
              aria-label={`${t(`alarm.do.${operation}`)} ${alarm.name}`}
              onClick={() => ask(operation)}
            >
              {t(`alarm.do.${operation}`)}
            </Button>
          ))}
        </span>
      </div>
      <p className="wrap">{alarm.message}</p>
      <p className="muted wrap">
        {alarm.activeAt && t('since', { time: time(alarm.activeAt) })} {alarm.source}{' '}
        {alarm.shelvedUntil && t('sec.until', { time: time(alarm.shelvedUntil) })}{' '}
        {alarm.by && `${alarm.by}: ${alarm.comment || '–'}`}
      </p>
    </li>
  );
}

/** What is wrong and wants somebody, in that order; below it what has happened. */
export function AlarmsPage() {
  const { t } = useTranslation();
  const { identity } = useSession();
  const { alarm: chosen = '' } = useSearch({ from: '/alarms' });
  const navigate = useNavigate();
  const [all, setAll] = useState(false);
  const { data, error } = useAlarms(all);
  const [asking, setAsking] = useState<{ alarm: Alarm; operation: Operation }>();
  useAlarmStream();
  const mayAct = mayAny(identity, ['alarms.operate', 'rest.assets']);
  return (
    <>
      <div className="bar">
        <h1 className="grow">{t('nav.alarms')}</h1>
        <Switch label={t('alarm.all')} checked={all} onChange={(e) => setAll(e.currentTarget.checked)} />
      </div>
      {error && <p role="alert">{error.message}</p>}
      {data?.flood && (
        <p role="alert" className="bar">
          <StateTag state="warn" /> {t('alarm.flood')}
        </p>
      )}
      {data?.alarms.length === 0 && <p>{t('alarm.none')}</p>}
      <ul className="panel rows" aria-label={t('nav.alarms')}>
        {data &&
          ordered(data.alarms).map((one) => (
            <Line
              key={one.name}
              alarm={one}
              mayAct={mayAct}
              ask={(operation) => setAsking({ alarm: one, operation })}
            />
          ))}
      </ul>
      <Journal alarm={chosen} choose={(alarm) => void navigate({ to: '/alarms', search: alarm ? { alarm } : {} })} />
      {asking && <Act {...asking} close={() => setAsking(undefined)} />}
    </>
  );
}
