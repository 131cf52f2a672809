import { readFileSync } from 'node:fs';
import { eventually, expect, stage, test } from './stage';

test('the whole gateway is downloaded as one sealed file', async ({ admin }) => {
  await admin.goto('/console/configuration');
  await admin.getByRole('link', { name: 'Whole gateway' }).click();
  const form = admin.getByRole('form', { name: 'Export' });
  const first = form.getByRole('textbox', { name: 'Passphrase', exact: true });
  const second = form.getByRole('textbox', { name: 'Passphrase again' });
  const download = form.getByRole('button', { name: 'Download' });
  await first.fill('short');
  await expect(form).toContainText('At least 12 characters');
  await first.fill('a passphrase for the trial');
  await second.fill('another one');
  await expect(form).toContainText('The two differ');
  await expect(download).toBeDisabled();
  await second.fill('a passphrase for the trial');
  const [file] = await Promise.all([admin.waitForEvent('download'), download.click()]);
  expect(file.suggestedFilename()).toMatch(/^Pump-house-north-.*\.archive$/);
  await file.saveAs(`${stage.files}/gateway.archive`);
  const bytes = readFileSync(`${stage.files}/gateway.archive`);
  expect(bytes.length).toBeGreaterThan(1000);
  expect(bytes.includes('snapshot')).toBe(false);
});

test('the archive takes the place of what was changed since, and the page comes back', async ({ admin, rest }) => {
  const name = () => rest.get<{ name: string }>('/api/v1/gateway').then((g) => g.name);
  const before = await name();
  await rest.post('/services/identity/v2/identities', { name: 'aftertheexport' });
  await rest.call('PATCH', '/api/v1/configurations/org.penstock.core.gateway', {
    properties: { name: { type: 'STRING', value: 'named after the export' } },
  });
  await eventually(name).toBe('named after the export');
  await admin.goto('/console/archive');
  const form = admin.getByRole('region', { name: 'Import' });
  await form.locator('input[type=file]').setInputFiles(`${stage.files}/gateway.archive`);
  await form.getByRole('textbox').fill('not the passphrase');
  await form.getByRole('button', { name: 'Take in' }).click();
  const box = admin.getByRole('dialog');
  await box.getByRole('button', { name: 'Confirm' }).click();
  await expect(box.getByRole('alert')).toContainText('passphrase is wrong');
  expect(await name()).toBe('named after the export');
  await box.getByRole('button', { name: 'Cancel' }).click();
  await form.getByRole('textbox').fill('a passphrase for the trial');
  await form.getByRole('button', { name: 'Take in' }).click();
  const started = (await rest.get<{ started: string }>('/api/v1/gateway')).started;
  await box.getByRole('button', { name: 'Confirm' }).click();
  await expect(admin.getByText('The gateway restarts')).toBeVisible();
  await expect(admin.getByRole('heading', { name: 'Log in to the gateway' })).toBeVisible({ timeout: 240_000 });
  await expect
    .poll(
      () =>
        rest.get<{ started: string }>('/api/v1/gateway').then(
          (g) => g.started,
          () => started,
        ),
      {
        timeout: 240_000,
      },
    )
    .not.toBe(started);
  await eventually(() => name().catch(String)).toBe(before);
  const identities = await rest.get<{ identities: { name: string }[] } | { name: string }[]>(
    '/services/identity/v2/identities',
  );
  expect(JSON.stringify(identities)).not.toContain('aftertheexport');
});
