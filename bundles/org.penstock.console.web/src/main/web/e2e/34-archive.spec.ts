import { readFileSync } from 'node:fs';
import { expect, stage, test } from './stage';

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
