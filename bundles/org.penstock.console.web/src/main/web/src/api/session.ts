import { get, post, setXsrfToken } from './client';

export interface Identity {
  name: string;
  passwordChangeNeeded: boolean;
  permissions: string[];
}

/** Kura's session/v1: the cookie holds the session, the token goes with each request. */
async function begin(): Promise<Identity> {
  const { xsrfToken } = await get<{ xsrfToken: string }>('/services/session/v1/xsrfToken');
  setXsrfToken(xsrfToken);
  const me = await get<{ name: string; passwordChangeNeeded?: boolean; permissions?: string[] }>(
    '/services/session/v1/currentIdentity',
  );
  return { name: me.name, passwordChangeNeeded: me.passwordChangeNeeded ?? false, permissions: me.permissions ?? [] };
}

/** The session that the browser already has; rejects when there is none. */
export const resume = begin;

export async function login(username: string, password: string): Promise<Identity> {
  const answer = await post<{ passwordChangeNeeded?: boolean }>('/services/session/v1/login/password', {
    username,
    password,
  });
  if (answer?.passwordChangeNeeded) {
    const { xsrfToken } = await get<{ xsrfToken: string }>('/services/session/v1/xsrfToken');
    setXsrfToken(xsrfToken);
    return { name: username, passwordChangeNeeded: true, permissions: [] };
  }
  return begin();
}

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await post('/services/session/v1/changePassword', { currentPassword, newPassword });
}

export async function logout(): Promise<void> {
  await post('/services/session/v1/logout');
  setXsrfToken('');
}

/** As the gateway reckons: `*.read` stands for every permission that ends so. */
export const may = (identity: Pick<Identity, 'permissions'>, permission: string): boolean =>
  identity.permissions.some(
    (held) =>
      held === 'kura.admin' || held === permission || (held.startsWith('*.') && permission.endsWith(held.slice(1))),
  );

/** Whether one of the permissions is held; nothing named is nothing needed. */
export const mayAny = (identity: Identity, permissions: readonly string[]): boolean =>
  permissions.length === 0 || permissions.some((permission) => may(identity, permission));
