import { readFileSync } from 'node:fs';
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

test('a package is dropped on the page and uninstalled', async ({ admin, rest }) => {
  const installed = async () =>
    (await rest.get<{ name: string }[]>('/api/v1/packages')).filter((p) => p.name === name).length;
  await admin.goto('/console/packages');
  await admin
    .getByRole('listitem')
    .filter({ hasText: name })
    .getByRole('button', { name: 'Uninstall' })
    .first()
    .click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
  await eventually(installed).toBe(0);
  const content = readFileSync(`${stage.files}/lamp-1.0.0.jar`).toString('base64');
  const dropped = await admin.evaluateHandle((base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], 'lamp-1.0.0.jar'));
    return transfer;
  }, content);
  const target = admin.getByRole('region', { name: 'Install', exact: true });
  await target.dispatchEvent('dragover', { dataTransfer: dropped });
  await expect(target).toHaveAttribute('data-over', 'true');
  await target.dispatchEvent('drop', { dataTransfer: dropped });
  await expect(target).toHaveAttribute('data-over', 'false');
  await eventually(installed).toBe(1);
});
