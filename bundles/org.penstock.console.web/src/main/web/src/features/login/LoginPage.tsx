import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changePassword, type Identity, login } from '../../api/session';

/** Login, and the new password where the gateway asks for one. */
export function LoginPage({
  enter,
  name = '',
}: {
  enter: (identity: Identity, fresh: boolean) => void;
  name?: string;
}) {
  const { t } = useTranslation();
  const [user, setUser] = useState(name);
  const [password, setPassword] = useState('');
  const [fresh, setFresh] = useState('');
  const [mustChange, setMustChange] = useState(false);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError('');
    try {
      if (mustChange) await changePassword(password, fresh);
      const identity = await login(user, mustChange ? fresh : password);
      if (identity.passwordChangeNeeded) setMustChange(true);
      else enter(identity, mustChange);
    } catch (e) {
      setError((e as Error).message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <main className="login">
      <form className="panel login-form" onSubmit={(e) => void submit(e)}>
        <h1>{t('login.title')}</h1>
        {mustChange && <p>{t('login.mustChange')}</p>}
        <TextInput
          label={t('login.user')}
          autoComplete="username"
          value={user}
          disabled={mustChange}
          onChange={(e) => setUser(e.currentTarget.value)}
        />
        {mustChange ? (
          <PasswordInput
            label={t('login.newPassword')}
            autoComplete="new-password"
            value={fresh}
            onChange={(e) => setFresh(e.currentTarget.value)}
          />
        ) : (
          <PasswordInput
            label={t('login.password')}
            autoComplete="current-password"
            value={password}
            onChange={(e) => setPassword(e.currentTarget.value)}
          />
        )}
        {error && (
          <p className="error" role="alert">
            {error}
          </p>
        )}
        <Button type="submit" loading={busy}>
          {t(mustChange ? 'login.set' : 'login.enter')}
        </Button>
      </form>
    </main>
  );
}
