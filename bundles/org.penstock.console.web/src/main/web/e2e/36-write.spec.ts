import { eventually, expect, test } from './stage';

const asset = 'valve';

test('a value is written after it was confirmed, and rows are copied for a spreadsheet', async ({
  admin,
  context,
  rest,
}) => {
  await rest.post('/services/configuration/v2/factoryComponents', {
    configs: [{ pid: 'valvedriver', factoryPid: 'org.penstock.driver.template', properties: {} }],
    takeSnapshot: true,
  });
  await rest.table(
    [
      'asset,driver.pid,name,type,value.type,address,unit',
      `${asset},valvedriver,opening,READ_WRITE,INTEGER,setpoint/opening,%`,
    ].join('\n'),
  );
  const value = () =>
    rest.get<{ value: number }>(`/api/v1/channels/${asset}/opening/value`).then(
      (read) => read.value,
      () => undefined,
    );
  // what 35-tags has changed comes first: on a busy machine that takes its time
  await expect.poll(value, { timeout: 240_000 }).toBe(0);
  await admin.goto(`/console/tags?q=${asset}`);
  await admin.getByRole('button', { name: /^opening/ }).click();
  const box = admin.getByRole('dialog');
  await box.getByRole('textbox').fill('half');
  await box.getByRole('button', { name: 'Confirm' }).click();
  await expect(box.getByRole('alert')).toContainText('is no INTEGER');
  expect(await value()).toBe(0);
  await box.getByRole('textbox').fill('42');
  await box.getByRole('button', { name: 'Cancel' }).click();
  await expect(box).toBeHidden();
  expect(await value()).toBe(0);
  await admin.getByRole('button', { name: /^opening/ }).click();
  await box.getByRole('textbox').fill('42');
  await box.getByRole('button', { name: 'Confirm' }).click();
  await expect(box).toBeHidden();
  expect(await value()).toBe(42);

  // who may write: taken in hand, seen so by the gateway, and given back
  const authority = () =>
    rest
      .get<Record<string, { hand: boolean; owner?: string }>>(`/api/v1/writes/${asset}`)
      .then((all) => all.opening?.hand);
  await admin.getByRole('button', { name: /^opening/ }).click();
  const who = box.getByRole('region', { name: 'Who may write' });
  await expect(who).toContainText('Nobody holds it.');
  await who.getByRole('button', { name: 'Take in hand' }).click();
  await expect(who).toContainText('In hand');
  expect(await authority()).toBe(true);
  await who.getByRole('button', { name: 'Back to automatic' }).click();
  await expect(who).toContainText('Nobody holds it.');
  expect((await authority()) ?? false).toBe(false);
  await box.getByRole('button', { name: 'Cancel' }).click();

  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await admin.getByLabel('All rows').check();
  await admin.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(admin.getByText('Copied.')).toBeVisible();
  expect(await admin.evaluate(() => navigator.clipboard.readText())).toBe(
    [
      ['asset', 'name', 'enabled', 'type', 'value.type', 'unit'],
      [asset, 'opening', 'true', 'READ_WRITE', 'INTEGER', '%'],
    ]
      .map((cells) => cells.join('\t'))
      .join('\n'),
  );
});

test('a unit is edited where it stands, by keys, left with Escape, and undone', async ({ admin, rest }) => {
  const unit = async () =>
    (await rest.get<{ channels: { name: string; unit: string }[] }>(`/api/v1/channels?asset=${asset}`)).channels[0]
      ?.unit;
  await admin.goto(`/console/tags?q=${asset}`);
  const cell = admin.getByRole('button', { name: 'Unit of opening' });
  const input = admin.getByRole('textbox', { name: 'Unit of opening' });
  await cell.focus();
  await admin.keyboard.press('Enter');
  await input.fill('never');
  await admin.keyboard.press('Escape');
  await expect(cell).toHaveText('%');
  await expect(cell).toBeFocused();
  await admin.keyboard.press('Enter');
  await input.fill('mm');
  await admin.keyboard.press('Enter');
  await expect(cell).toHaveText('mm', { timeout: 60_000 });
  await eventually(unit).toBe('mm');
  await admin.getByRole('button', { name: 'Undo' }).click();
  await eventually(unit).toBe('%');
});
