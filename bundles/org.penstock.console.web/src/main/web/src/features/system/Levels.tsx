import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apply, useComponent } from '../configuration/api';
import { levels, loggerLevels, text } from './levels';

const pid = 'org.penstock.core.logging';

/** From which level on a logger writes; stored with the configuration, so it can be rolled back. */
export function Levels({ loggers }: { loggers: readonly string[] }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const id = useId();
  const { data, error } = useComponent(pid);
  const [logger, setLogger] = useState('');
  const [level, setLevel] = useState('DEBUG');
  const [said, setSaid] = useState('');
  const set = loggerLevels(data?.properties?.['levels']?.value);
  const change = async (next: Map<string, string>) => {
    setSaid('');
    try {
      await apply(pid, { levels: { type: 'STRING', value: text(next) } });
      await queries.invalidateQueries({ queryKey: ['configuration', 'component', pid] });
    } catch (e) {
      setSaid((e as Error).message);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void change(new Map(set).set(logger.trim(), level)).then(() => setLogger(''));
  };
  const drop = (name: string) => {
    const next = new Map(set);
    next.delete(name);
    void change(next);
  };
  return (
    <section aria-label={t('care.levels')}>
      <h2>{t('care.levels')}</h2>
      <p className="muted">{t('care.levelsHelp')}</p>
      {(error || said) && (
        <p role="alert" className="error wrap">
          {error?.message ?? said}
        </p>
      )}
      <ul className="panel rows">
        {[...set].map(([name, its]) => (
          <li key={name} className="bar row">
            <span className="mono grow wrap">{name}</span>
            <b>{its}</b>
            <Button variant="default" aria-label={`${t('flow.remove')} ${name}`} onClick={() => drop(name)}>
              {t('flow.remove')}
            </Button>
          </li>
        ))}
      </ul>
      <form className="bar" onSubmit={submit}>
        <TextInput
          className="grow"
          aria-label={t('care.logger')}
          placeholder="org.penstock.driver.modbus"
          list={id}
          value={logger}
          onChange={(e) => setLogger(e.currentTarget.value)}
        />
        <datalist id={id}>
          {loggers.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <NativeSelect
          aria-label={t('care.levelOf')}
          value={level}
          data={[...levels]}
          onChange={(e) => setLevel(e.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!/^[A-Za-z_$][\w.$-]*$/.test(logger.trim())}>
          {t('care.set')}
        </Button>
      </form>
    </section>
  );
}
