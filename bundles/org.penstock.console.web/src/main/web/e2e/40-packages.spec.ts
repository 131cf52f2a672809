import { eventually, expect, stage, test } from './stage';

const name = 'org.penstock.e2e.lamp';

test('a package is installed, its sabotaged successor put back, and both stand in the journal', async ({
  admin,
  rest,
}) => {
  const installed = async () =>
    (await rest.get<{ name: string; version: string }[]>('/api/v1/packages'))
      .filter((p) => p.name === name)
      .map((p) => p.version);
  await admin.goto('/console/packages');
  await admin.locator('input[type=file]').setInputFiles(`${stage.files}/lamp-1.0.0.jar`);
  await eventually(installed).toEqual(['1.0.0']);
  await expect(admin.getByRole('region', { name: 'Installed' }).getByRole('listitem')).toContainText([`${name}1.0.0`]);
  await admin.locator('input[type=file]').setInputFiles(`${stage.files}/lamp-1.1.0.jar`);
  await expect(admin.getByText('the lamp is broken').first()).toBeVisible();
  expect(await installed()).toEqual(['1.0.0']);
  const journal = await rest.get<{ name: string; result: string }[]>('/api/v1/packages/_journal');
  expect(
    journal
      .filter((j) => j.name.includes('lamp'))
      .map((j) => j.result)
      .slice(0, 2),
  ).toEqual(['ROLLED_BACK', 'DONE']);
});
