import { Button, NumberInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { longest, permit, usePermit } from './api';

/** Lets devices into the network for a time that is counted down, and closes it before that is over. */
export function Joining({ pid, mayChange }: { pid: string; mayChange: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data: left = 0, error } = usePermit(pid);
  const [seconds, setSeconds] = useState(60);
  const [whole, setWhole] = useState(longest);
  const [refused, setRefused] = useState('');
  const order = (time: number) => {
    setRefused('');
    setWhole(time || longest);
    permit(pid, time)
      .then((now) => queries.setQueryData(['zigbee', pid, 'permit'], now))
      .catch((e: Error) => setRefused(e.message));
  };
  const words = refused || error?.message;
  return (
    <section className="panel bar joining" aria-label={t('zb.joining')} data-s={left > 0 ? 'warn' : 'ok'}>
      {left > 0 ? (
        <>
          <b role="timer">{t('zb.open', { count: left })}</b>
          <progress max={Math.max(whole, left)} value={left} aria-label={t('zb.joining')} />
          <span className="muted grow wrap">{t('zb.openHelp')}</span>
          {mayChange && <Button onClick={() => order(0)}>{t('zb.close')}</Button>}
        </>
      ) : (
        <>
          <span className="grow wrap">{t('zb.closed')}</span>
          {mayChange && (
            <>
              <NumberInput
                label={t('zb.seconds')}
                w={96}
                min={1}
                max={longest}
                clampBehavior="strict"
                value={seconds}
                onChange={(n) => setSeconds(Number(n))}
              />
              <Button disabled={seconds < 1} onClick={() => order(seconds)}>
                {t('zb.permit')}
              </Button>
            </>
          )}
        </>
      )}
      {words && (
        <span role="alert" className="error wrap">
          {words}
        </span>
      )}
    </section>
  );
}
