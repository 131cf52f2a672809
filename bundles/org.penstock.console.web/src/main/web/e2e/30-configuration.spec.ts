import { act, enter, eventually, expect, stage, test } from './stage';

const pid = 'lamp';
const factory = 'org.penstock.driver.template';

test('a component is made, found by search, changed and refused by its definition', async ({ admin, rest }) => {
  await admin.goto('/console/configuration');
  await admin.getByRole('button', { name: 'New component' }).click();
  await admin.getByLabel('Factory').selectOption(factory);
  await admin.getByLabel('Name (pid)').fill(pid);
  await admin.getByRole('button', { name: 'Create' }).click();
  await expect(admin.getByRole('heading', { name: pid })).toBeVisible();
  await admin.getByRole('textbox', { name: 'Search components' }).fill('lamp template');
  await expect(admin.locator('.list .rows li')).toHaveCount(1);
  await eventually(() => rest.property(pid, 'service.factoryPid')).toBe(factory);
});

test('unsaved edits and the page outlive a kill of the gateway', async ({ admin, rest }) => {
  await admin.goto(`/console/configuration?pid=${pid}`);
  const field = admin.locator('.form input[inputmode=decimal]').first();
  const name = (await field.getAttribute('name')) ?? '';
  const before = Number(await field.inputValue());
  await field.fill(String(before + 1));
  await act('gateway/kill');
  await act('gateway/start');
  await expect(admin.getByRole('heading', { name: 'Log in to the gateway' })).toBeVisible();
  await admin.getByRole('textbox', { name: 'Password', exact: true }).fill(stage.password);
  await admin.getByRole('button', { name: 'Log in' }).click();
  await expect(field).toHaveValue(String(before + 1));
  await expect(admin.locator('.form')).toBeVisible();
  await admin.getByRole('button', { name: 'Apply' }).click();
  await expect(admin.getByRole('status')).toHaveText('Applied.');
  expect(await rest.property(pid, name)).toBe(before + 1);
});

test('a snapshot is rolled back', async ({ admin, rest }) => {
  await admin.goto(`/console/configuration?pid=${pid}`);
  const field = admin.locator('.form input[inputmode=decimal]').first();
  const name = (await field.getAttribute('name')) ?? '';
  const before = Number(await field.inputValue());
  await field.fill(String(before + 1));
  await admin.getByRole('button', { name: 'Apply' }).click();
  await expect(admin.getByRole('status')).toHaveText('Applied.');
  expect(await rest.property(pid, name)).toBe(before + 1);
  await admin.goto('/console/snapshots');
  await admin.getByRole('button', { name: 'Roll back' }).nth(1).click();
  await admin.getByRole('button', { name: 'Confirm' }).click();
  await expect(admin.getByText('Rolled back to')).toBeVisible();
  await eventually(() => rest.property(pid, name)).toBe(before);
});

test('who may not configure sees no page that does', async ({ page, rest }) => {
  await rest.post('/services/identity/v2/identities', { name: 'viewer' });
  await rest.call('PUT', '/services/identity/v2/identities', {
    identity: { name: 'viewer' },
    passwordConfiguration: { passwordAuthEnabled: true, passwordChangeNeeded: false, password: 'only looks at tags' },
    permissionConfiguration: { permissions: [{ name: 'role.view' }] },
  });
  await enter(page, 'viewer', 'only looks at tags');
  await page.goto('/console/');
  const pages = page.getByRole('navigation', { name: 'Main' });
  await expect(pages.getByRole('link', { name: 'Tags' })).toBeVisible();
  for (const hidden of ['Configuration', 'Packages', 'Cloud', 'Security'])
    await expect(pages.getByRole('link', { name: hidden })).toHaveCount(0);
  await page.goto('/console/configuration');
  await expect(page.getByRole('alert')).toContainText('rest.configuration');
});
