import { Button, NumberInput, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { del, get, post } from '../../api/client';
import { Confirm } from '../../app/Confirm';

interface Token {
  id: string;
  name: string;
  owner: string;
  permissions: string[];
  expires: string;
}
const root = '/api/v1/tokens';

/** Tokens for programs: the secret is shown once. */
export function Tokens() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ['tokens'],
    queryFn: async () => (await get<{ tokens: Token[] }>(root)).tokens,
  });
  const [name, setName] = useState('');
  const [permissions, setPermissions] = useState('assets.read');
  const [days, setDays] = useState(30);
  const [secret, setSecret] = useState('');
  const [said, setSaid] = useState('');
  const [leaving, setLeaving] = useState<Token>();
  const refresh = () => void queries.invalidateQueries({ queryKey: ['tokens'] });
  const issue = (event: FormEvent) => {
    event.preventDefault();
    setSaid('');
    post<{ secret: string }>(root, { name, permissions: permissions.split(/[\s,]+/).filter(Boolean), days }).then(
      (made) => {
        setSecret(made.secret);
        setName('');
        refresh();
      },
      (e: Error) => setSaid(e.message),
    );
  };
  const drop = async () => {
    await del(`${root}/${encodeURIComponent(leaving?.id ?? '')}`);
    refresh();
  };
  return (
    <section aria-label={t('sec.tokens')}>
      <h2>{t('sec.tokens')}</h2>
      {(error || said) && (
        <p role="alert" className="error">
          {error?.message ?? said}
        </p>
      )}
      <ul className="panel rows">
        {data?.map((token) => (
          <li key={token.id} className="bar row">
            <b>{token.name}</b>
            <span>{token.owner}</span>
            <span className="muted grow wrap">{token.permissions.join(', ')}</span>
            <span className="muted">{t('sec.until', { time: new Date(token.expires).toLocaleDateString() })}</span>
            <Button variant="default" onClick={() => setLeaving(token)}>
              {t('sec.revoke')}
            </Button>
          </li>
        ))}
      </ul>
      <form className="bar" onSubmit={issue} aria-label={t('sec.newToken')}>
        <TextInput
          aria-label={t('name')}
          placeholder={t('name')}
          value={name}
          onChange={(e) => setName(e.currentTarget.value)}
        />
        <TextInput
          aria-label={t('sec.permissions')}
          value={permissions}
          onChange={(e) => setPermissions(e.currentTarget.value)}
        />
        <NumberInput
          aria-label={t('sec.days')}
          w={80}
          min={1}
          max={366}
          value={days}
          onChange={(n) => setDays(Number(n))}
        />
        <Button type="submit" variant="default" disabled={!name}>
          {t('sec.newToken')}
        </Button>
      </form>
      <p role="status" className="mono wrap">
        {secret && `${t('sec.secret')} ${secret}`}
      </p>
      {leaving && (
        <Confirm title={t('conf.deleteAsk', { pid: leaving.name })} act={drop} close={() => setLeaving(undefined)} />
      )}
    </section>
  );
}
