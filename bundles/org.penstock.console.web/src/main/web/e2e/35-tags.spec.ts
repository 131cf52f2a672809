import { eventually, expect, stage, test } from './stage';

interface Channel {
  asset: string;
  name: string;
  unit: string;
}
const asset = 'bulk';
const count = 500;

test('500 tags are pasted, edited in bulk, refused by row, and all of it is undone', async ({ admin, rest }) => {
  await rest.post('/services/configuration/v2/factoryComponents', {
    configs: [{ pid: 'bulkdriver', factoryPid: 'org.penstock.driver.template', properties: {} }],
    takeSnapshot: true,
  });
  const channels = async () =>
    (await rest.get<{ channels: Channel[] }>(`/api/v1/channels?asset=${asset}&limit=1000`)).channels;
  const units = async () => new Set((await channels()).map((c) => c.unit ?? ''));
  const rows = Array.from({ length: count }, (_, i) => [asset, 'bulkdriver', `tag-${i}`, 'READ', 'STRING', 'version']);
  const head = ['asset', 'driver.pid', 'name', 'type', 'value.type', 'address'];
  const text = [head, ...rows].map((cells) => cells.join('\t')).join('\n');

  await admin.goto('/console/tags');
  await admin.getByRole('button', { name: 'Import or paste' }).click();
  const box = admin.getByRole('dialog');
  await box.getByRole('textbox', { name: 'Table' }).fill(text.replace('tag-7\tREAD\tSTRING', 'tag-7\tREAD\tNONSENSE'));
  await box.getByRole('button', { name: 'Try' }).click();
  await expect(box.getByRole('listitem')).toContainText(['Row 9, column value.type']);
  expect(await channels()).toEqual([]);
  await box.getByRole('textbox', { name: 'Table' }).fill(text);
  await box.getByRole('button', { name: 'Try' }).click();
  await expect(box.getByRole('status')).toContainText(`${count} rows: ${count} new`);
  await box.getByRole('button', { name: 'Confirm' }).click();
  await expect(box).toBeHidden();
  await eventually(async () => (await channels()).length).toBe(count);

  await admin.getByLabel('Filter tags').fill(asset);
  await expect(admin.getByText(`${count} tags`)).toBeVisible();
  await admin.getByLabel('All rows').check();
  await expect(admin.getByText(`${count} chosen`)).toBeVisible();
  await admin.getByRole('button', { name: 'Edit', exact: true }).click();
  await box.getByLabel('Attribute').selectOption('+unit');
  await box.getByLabel('Value').fill('bar');
  await box.getByRole('button', { name: 'Confirm' }).click();
  await expect(admin.getByText(`${count} channels changed.`)).toBeVisible({ timeout: 120_000 }); // on a busy machine
  expect([...(await units())]).toEqual(['bar']);

  await admin.getByRole('button', { name: 'Undo' }).click();
  await eventually(async () => [...(await units())]).toEqual(['']);
  const [file] = await Promise.all([
    admin.waitForEvent('download'),
    admin.getByRole('button', { name: 'Export' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('channels.csv');
  await file.saveAs(`${stage.files}/channels.csv`);
  await admin.getByRole('button', { name: 'Import or paste' }).click();
  await box.locator('input[type=file]').setInputFiles(`${stage.files}/channels.csv`);
  await box.getByRole('button', { name: 'Try' }).click();
  await expect(box.getByRole('status')).toContainText('0 new, 0 changed, 0 removed');
});
