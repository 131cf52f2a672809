import { enter, eventually, expect, stage, test } from './stage';

const password = 'is at the other desk';

test('a session is seen with its address, and ended from another', async ({ admin, browser, rest }) => {
  await rest.post('/services/identity/v2/identities', { name: 'deskmate' });
  await rest.call('PUT', '/services/identity/v2/identities', {
    identity: { name: 'deskmate' },
    passwordConfiguration: { passwordAuthEnabled: true, passwordChangeNeeded: false, password },
    permissionConfiguration: { permissions: [{ name: 'role.view' }] },
  });
  const theirs = await browser.newPage({ ignoreHTTPSErrors: true, baseURL: stage.address });
  await enter(theirs, 'deskmate', password);
  await theirs.goto('/console/tags');
  await expect(theirs.getByRole('heading', { name: 'Tags' })).toBeVisible();

  await admin.goto('/console/security');
  const list = admin.getByRole('region', { name: 'Sessions' });
  const line = list.getByRole('listitem').filter({ hasText: 'deskmate' });
  await expect(line).toContainText(/127\.0\.0\.1|0:0:0:0:0:0:0:1/);
  await expect(list.getByRole('listitem').filter({ hasText: 'this one' })).toContainText('admin');
  await line.getByRole('button', { name: 'End' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
  await expect(line).toHaveCount(0);
  const names = async () =>
    (await rest.get<{ sessions: { identity: string }[] }>('/api/v1/sessions')).sessions.map((s) => s.identity);
  await eventually(names).not.toContain('deskmate');
  await expect(theirs.getByRole('heading', { name: 'Log in to the gateway' })).toBeVisible();
  await theirs.close();
  await rest.call('DELETE', '/services/identity/v2/identities', { name: 'deskmate' });
});

test('a certificate is trusted in a key store and removed again', async ({ admin, rest }) => {
  const [store] = await rest.get<{ id: string }[]>('/services/keystores/v2');
  const pem = await rest.get<{ certificateChain?: string[] }>(
    `/services/keystores/v2/entries/entry?keystoreServicePid=${store?.id}&alias=https`,
  );
  const certificate = pem.certificateChain?.[0] ?? '';
  expect(certificate).toContain('BEGIN CERTIFICATE');
  const aliases = async () =>
    (await rest.get<{ alias: string; type: string }[]>('/services/keystores/v2/entries')).map(
      (e) => `${e.alias} ${e.type}`,
    );
  await admin.goto('/console/security');
  const section = admin.getByRole('region', { name: 'Keys and certificates' });
  const form = section.getByRole('form', { name: 'Trust a certificate' });
  await form.getByLabel('Name').fill('e2e-peer');
  await form.getByLabel('Certificate (PEM)').fill('no certificate');
  await form.getByRole('button', { name: 'Trust a certificate' }).click();
  await expect(section.getByRole('alert')).toBeVisible();
  expect(await aliases()).not.toContain('e2e-peer TRUSTED_CERTIFICATE');
  await form.getByLabel('Certificate (PEM)').fill(certificate);
  await form.getByRole('button', { name: 'Trust a certificate' }).click();
  const line = section.getByRole('listitem').filter({ hasText: 'e2e-peer' });
  await expect(line).toContainText('until');
  // the server takes another certificate by listening anew: for a moment nobody answers
  const peer = 'e2e-peer TRUSTED_CERTIFICATE';
  await eventually(() => aliases().catch((): string[] => [])).toContain(peer);
  await line.getByRole('button', { name: 'Delete' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
  await expect(line).toHaveCount(0);
  await eventually(() => aliases().catch(() => [peer])).not.toContain(peer);
});
