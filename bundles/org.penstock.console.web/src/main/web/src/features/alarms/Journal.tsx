import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useJournal } from './api';

interface Props {
  /** Of which alarm; empty for all. */
  alarm: string;
  choose: (alarm: string) => void;
}

/** What has happened to alarms, newest first. */
export function Journal({ alarm, choose }: Props) {
  const { t } = useTranslation();
  const { data, error } = useJournal(alarm);
  return (
    <section aria-label={t('alarm.journal')}>
      <div className="bar">
        <h2 className="grow">{t('alarm.journal')}</h2>
        <TextInput
          aria-label={t('alarm.of')}
          placeholder={t('alarm.of')}
          value={alarm}
          onChange={(e) => choose(e.currentTarget.value)}
        />
      </div>
      {error && <p role="alert">{error.message}</p>}
      {data?.length === 0 && <p className="muted">{t('pack.none')}</p>}
      <ul className="panel rows">
        {data?.map((e, i) => (
          <li key={`${e.time}${e.alarm}${e.kind}${i}`} className="bar row">
            <span className="muted num">{new Date(e.time).toLocaleString()}</span>
            <b>{e.alarm}</b>
            <span>{t(`alarm.kind.${e.kind}`, { defaultValue: e.kind })}</span>
            <span className="grow wrap">{e.comment ?? e.message}</span>
            <span className="muted">{e.by ?? e.source}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
