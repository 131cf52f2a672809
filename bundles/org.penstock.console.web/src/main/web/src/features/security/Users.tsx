import { Button, Checkbox, PasswordInput, Switch, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { del, get, post, put } from '../../api/client';
import { Confirm } from '../../app/Confirm';

interface Named {
  name: string;
}
interface Identity {
  identity: Named;
  permissionConfiguration?: { permissions: Named[] };
  passwordConfiguration?: { passwordChangeNeeded: boolean; passwordAuthEnabled: boolean };
}
const root = '/services/identity/v2';
const held = (one: Identity | undefined) => (one?.permissionConfiguration?.permissions ?? []).map((p) => p.name);

interface EditProps {
  user: Identity;
  permissions: readonly string[];
  done: () => void;
}

/** One user's permissions, roles first, and a new password. */
function Edit({ user, permissions, done }: EditProps) {
  const { t } = useTranslation();
  const { name } = user.identity;
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set(held(user)));
  const [password, setPassword] = useState('');
  const [login, setLogin] = useState(user.passwordConfiguration?.passwordAuthEnabled ?? false);
  const [change, setChange] = useState(user.passwordConfiguration?.passwordChangeNeeded ?? false);
  const [said, setSaid] = useState<{ text: string; bad: boolean }>();
  const toggle = (permission: string) => {
    const next = new Set(mine);
    if (!next.delete(permission)) next.add(permission);
    setMine(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    put(`${root}/identities`, {
      identity: { name },
      permissionConfiguration: { permissions: [...mine].map((p) => ({ name: p })) },
      passwordConfiguration: {
        passwordAuthEnabled: login || password !== '',
        passwordChangeNeeded: change,
        ...(password ? { password } : {}),
      },
    }).then(
      () => {
        setPassword('');
        setSaid({ text: t('conf.applied'), bad: false });
        done();
      },
      (e: Error) => setSaid({ text: e.message, bad: true }),
    );
  };
  const ordered = permissions.toSorted((a, b) => Number(b.startsWith('role.')) - Number(a.startsWith('role.')));
  return (
    <form className="panel form" onSubmit={submit} aria-label={name}>
      <h3>{name}</h3>
      <PasswordInput
        label={t('login.newPassword')}
        placeholder={t('conf.unchanged')}
        autoComplete="new-password"
        value={password}
        onChange={(e) => setPassword(e.currentTarget.value)}
      />
      <Switch label={t('sec.mayLogIn')} checked={login} onChange={(e) => setLogin(e.currentTarget.checked)} />
      <Switch label={t('sec.mustChange')} checked={change} onChange={(e) => setChange(e.currentTarget.checked)} />
      <fieldset className="permissions">
        <legend>{t('sec.permissions')}</legend>
        {ordered.map((p) => (
          <Checkbox key={p} size="xs" label={p} checked={mine.has(p)} onChange={() => toggle(p)} />
        ))}
      </fieldset>
      <div className="bar">
        <Button type="submit">{t('apply')}</Button>
        <span role="status" className={said?.bad ? 'error wrap' : 'muted'}>
          {said?.text}
        </span>
      </div>
    </form>
  );
}

/** Who may log in, and what each may do. */
export function Users() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const users = useQuery({ queryKey: ['users'], queryFn: () => get<Identity[]>(`${root}/identities`) });
  const permissions = useQuery({
    queryKey: ['permissions'],
    queryFn: async () => (await get<Named[]>(`${root}/definedPermissions`)).map((p) => p.name),
  });
  const [chosen, setChosen] = useState('');
  const [fresh, setFresh] = useState('');
  const [leaving, setLeaving] = useState('');
  const [error, setError] = useState('');
  const refresh = () => void queries.invalidateQueries({ queryKey: ['users'] });
  const user = users.data?.find((u) => u.identity.name === chosen);
  const add = (event: FormEvent) => {
    event.preventDefault();
    setError('');
    post(`${root}/identities`, { name: fresh }).then(
      () => {
        setChosen(fresh);
        setFresh('');
        refresh();
      },
      (e: Error) => setError(e.message),
    );
  };
  const drop = async () => {
    await del(`${root}/identities`, { name: leaving });
    refresh();
  };
  return (
    <section aria-label={t('sec.users')}>
      <h2>{t('sec.users')}</h2>
      {(users.error || error) && (
        <p role="alert" className="error">
          {users.error?.message ?? error}
        </p>
      )}
      <ul className="panel rows">
        {users.data?.map((u) => (
          <li key={u.identity.name} className="bar row">
            <button type="button" className="plain" onClick={() => setChosen(u.identity.name)}>
              {u.identity.name}
            </button>
            <span className="muted grow wrap">{held(u).join(', ')}</span>
            <span className="muted">{u.passwordConfiguration?.passwordAuthEnabled ? '' : t('sec.noLogin')}</span>
            <Button variant="default" onClick={() => setLeaving(u.identity.name)}>
              {t('conf.delete')}
            </Button>
          </li>
        ))}
      </ul>
      <form className="bar" onSubmit={add}>
        <TextInput
          aria-label={t('sec.newUser')}
          placeholder={t('sec.newUser')}
          value={fresh}
          onChange={(e) => setFresh(e.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!fresh}>
          {t('conf.create')}
        </Button>
      </form>
      {user && <Edit key={chosen} user={user} permissions={permissions.data ?? []} done={refresh} />}
      {leaving && <Confirm title={t('conf.deleteAsk', { pid: leaving })} act={drop} close={() => setLeaving('')} />}
    </section>
  );
}
