import { expect, Rest, stage, test } from './stage';

test('first start: the printed password is good for one thing, to choose another', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveURL(`${stage.address}/console/`);
  await page.getByLabel('User').fill('admin');
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(stage.code);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('textbox', { name: 'New password' }).fill('short');
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByRole('alert')).toContainText('8 to 255 characters');
  await page.getByRole('textbox', { name: 'New password' }).fill(stage.password);
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  const rest = await Rest.as('admin', stage.password);
  expect(await rest.get('/services/session/v1/currentIdentity')).toMatchObject({ passwordChangeNeeded: false });
});
