import { eventually, expect, stage, test } from './stage';

/** Components of 30-configuration: lamp's are changed, and only one of them is taken back. */
const other = 'lamp-2';
const key = 'report.interval.ms';

test('a snapshot is named, compared, rolled back in part, downloaded and uploaded', async ({ admin, rest }) => {
  const both = ['lamp', other];
  await rest.post('/services/configuration/v2/factoryComponents', {
    configs: [{ pid: other, factoryPid: 'org.penstock.driver.template', properties: {} }],
    takeSnapshot: true,
  });
  const number = (pid: string) => rest.property(pid, key) as Promise<number>;
  await eventually(() => number(other)).toBeDefined();
  const before = await number(other);
  const first = await number('lamp');
  await admin.goto('/console/snapshots');
  await admin.getByRole('button', { name: 'Take a snapshot' }).click();
  const box = admin.getByRole('dialog');
  await box.getByLabel('Name').fill('before the trial');
  await box.getByRole('button', { name: 'Confirm' }).click();
  await expect(box).toBeHidden();
  const named = admin.getByRole('listitem').filter({ hasText: 'before the trial' });
  await expect(named).toHaveCount(1);
  // what was made just now comes and goes for a moment
  for (const pid of both)
    await expect(() =>
      rest.call('PATCH', `/api/v1/configurations/${pid}`, { properties: { [key]: { type: 'INTEGER', value: 777 } } }),
    ).toPass({ timeout: 60_000 });
  for (const pid of both) await eventually(() => number(pid)).toBe(777);

  await named.getByRole('button', { name: 'Compare with now' }).click();
  const comparison = admin.getByRole('region', { name: 'Compare with now' });
  await expect(comparison).toContainText('now 777');
  await comparison.getByLabel(other, { exact: true }).check();
  await comparison.getByRole('button', { name: 'Roll back the chosen components' }).click();
  await expect(admin.getByText(`Rolled back: ${other}.`)).toBeVisible();
  await eventually(() => number(other)).toBe(before);
  expect(await number('lamp')).toBe(777);

  const [file] = await Promise.all([
    admin.waitForEvent('download'),
    named.getByRole('button', { name: 'Download' }).click(),
  ]);
  await file.saveAs(`${stage.files}/before.json`);
  await rest.call('DELETE', '/services/configuration/v2/factoryComponents/byPid', {
    pids: [other],
    takeSnapshot: true,
  });
  await admin.locator('input[type=file]').setInputFiles(`${stage.files}/before.json`);
  await box.getByRole('button', { name: 'Confirm' }).click();
  await expect(admin.getByText('before.json is applied.')).toBeVisible();
  await eventually(() => number('lamp')).toBe(first);
  await eventually(() => number(other)).toBe(before);
});
