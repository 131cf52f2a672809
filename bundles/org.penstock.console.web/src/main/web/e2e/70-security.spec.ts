import { enter, eventually, expect, stage, test } from './stage';

interface Identity {
  identity: { name: string };
  permissionConfiguration: { permissions: { name: string }[] };
}
const password = 'watches the night shift';

test('a user is made with the role view, sees no more than that, and is removed', async ({ admin, browser, rest }) => {
  const find = async () =>
    (await rest.get<Identity[]>('/services/identity/v2/identities')).find((i) => i.identity.name === 'nightwatch');
  await admin.goto('/console/security');
  await admin.getByLabel('New user').fill('nightwatch');
  await admin.getByRole('button', { name: 'Create' }).click();
  const form = admin.getByRole('form', { name: 'nightwatch' });
  await form.getByRole('textbox', { name: 'New password' }).fill(password);
  await form.getByLabel('role.view').check();
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(form.getByRole('status')).toHaveText('Applied.');
  expect((await find())?.permissionConfiguration.permissions).toEqual([{ name: 'role.view' }]);

  const theirs = await browser.newPage({ ignoreHTTPSErrors: true, baseURL: stage.address });
  await enter(theirs, 'nightwatch', password);
  await theirs.goto('/console/');
  const pages = theirs.getByRole('navigation', { name: 'Main' });
  await expect(pages.getByRole('link', { name: 'Tags' })).toBeVisible();
  for (const hidden of ['Configuration', 'Packages', 'Cloud', 'Security'])
    await expect(pages.getByRole('link', { name: hidden })).toHaveCount(0);
  await theirs.goto('/console/configuration');
  await expect(theirs.getByRole('alert')).toContainText('rest.configuration');
  await theirs.close();

  await admin.getByRole('listitem').filter({ hasText: 'nightwatch' }).getByRole('button', { name: 'Delete' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
  await eventually(find).toBeUndefined();
  await expect(admin.getByRole('region', { name: 'Audit' })).toContainText('identity=admin');
});

test('a token is issued, used and revoked', async ({ admin }) => {
  await admin.goto('/console/security');
  const form = admin.getByRole('form', { name: 'New token' });
  await form.getByLabel('Name').fill('reader');
  await form.getByRole('button').click();
  const shown = admin.getByRole('status').filter({ hasText: 'Shown only now:' });
  await expect(shown).toBeVisible();
  const secret = (await shown.textContent())?.split(': ')[1]?.trim() ?? '';
  const ask = () =>
    admin.request.get('/api/v1/channels', { headers: { Authorization: `Bearer ${secret}`, Cookie: '' } });
  expect((await ask()).status()).toBe(200);
  await admin.getByRole('listitem').filter({ hasText: 'reader' }).getByRole('button', { name: 'Revoke' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
  await eventually(async () => (await ask()).status()).toBe(401);
});
