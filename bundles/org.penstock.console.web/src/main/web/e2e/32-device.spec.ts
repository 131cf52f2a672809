import { eventually, expect, stage, test } from './stage';

interface Channel {
  name: string;
  state?: { quality: string; value?: unknown };
}

test('a Modbus device goes from nothing to live values within 6 clicks and 60 s', async ({ admin, rest }) => {
  await admin.goto('/console/devices');
  const begin = Date.now();
  let clicks = 0;
  const click = async (act: Promise<unknown>) => {
    clicks++;
    await act;
  };
  await click(admin.getByRole('link', { name: 'Add a device' }).click());
  await click(admin.getByLabel('Driver', { exact: true }).selectOption({ label: 'Modbus driver' }));
  const form = admin.locator('form');
  await form.locator('input[name="host"]').fill('127.0.0.1');
  await form.locator('input[name="port"]').fill(stage.plant);
  await click(admin.getByRole('button', { name: 'Create and test' }).click());
  await expect(admin.getByText(/The link works; [1-3] units? answers?/)).toBeVisible();
  await click(admin.getByRole('button', { name: 'Find addresses' }).click());
  await expect(admin.getByText(/addresses can be read/)).toBeVisible();
  await click(admin.getByRole('button', { name: 'Create channels' }).click());
  const live = admin.getByRole('region', { name: 'Live values' });
  await expect(live.locator('dd').first()).toHaveText(/^\d+/);
  const seconds = (Date.now() - begin) / 1000;
  console.log(`Modbus device to live values: ${clicks} clicks, ${seconds.toFixed(1)} s`);
  expect(clicks).toBeLessThanOrEqual(6);
  expect(seconds).toBeLessThanOrEqual(60);
  const good = async () =>
    (await rest.get<{ channels: Channel[] }>('/api/v1/channels?asset=modbus-1-device&limit=50')).channels.filter(
      (c) => c.state?.quality === 'GOOD',
    ).length;
  await eventually(good).toBeGreaterThan(0);
});

test('raw frames of a link are listened to and told in words', async ({ admin }) => {
  await admin.goto('/console/devices');
  await admin.getByRole('button', { name: 'Listen to raw frames modbus-1' }).click();
  await expect(admin.getByRole('progressbar', { name: 'modbus.frames' })).toBeVisible();
  const frames = admin.getByRole('list', { name: 'Listen to raw frames modbus-1' });
  await expect(frames.getByRole('listitem').filter({ hasText: '→' }).first()).toContainText(/[0-9a-f]{16}/);
  await expect(frames.getByRole('listitem').filter({ hasText: '←' }).first()).toBeVisible();
});

test('the tree tells state, link, round trip, asked and achieved as the gateway measures them', async ({
  admin,
  rest,
}) => {
  interface Health {
    states: Record<string, { level: string; reason: string; figures: Record<string, number | string> }>;
  }
  const of = async (name: string) => (await rest.get<Health>('/api/v1/health')).states[name];
  await admin.goto('/console/devices');
  const driver = admin
    .locator('.tree > li')
    .filter({ hasText: 'org.penstock.driver.modbus' })
    .filter({ hasText: 'modbus-1' });
  await expect(driver).toContainText('link online');
  await expect(driver).toContainText(/round trip \d+ ms · 99 % within \d+ ms/);
  const shown = async (words: string) =>
    Number(new RegExp(`${words} ([\\d,]+)`).exec((await driver.textContent()) ?? '')?.[1]?.replaceAll(',', ''));
  const before = Number((await of('driver/modbus/modbus-1'))?.figures['requests.asked']);
  await expect.poll(() => shown('requests asked')).toBeGreaterThan(before);
  expect(await shown('requests asked')).toBeLessThanOrEqual(
    Number((await of('driver/modbus/modbus-1'))?.figures['requests.asked']),
  );
  const asset = driver.getByRole('listitem').filter({ hasText: 'modbus-1-device' });
  await expect(asset).toContainText(/polls asked \d+ · achieved \d+ · missed \d+/);

  /** It starts anew after each change, and is not there for a moment. */
  const lead = (port: number) =>
    eventually(() =>
      rest
        .call('PATCH', '/api/v1/configurations/modbus-1', { properties: { port: { type: 'INTEGER', value: port } } })
        .then(() => 'led', String),
    ).toBe('led');
  await lead(1);
  await expect(driver).toContainText(/refused/i, { timeout: 60_000 });
  await expect(driver).toContainText('since');
  await lead(Number(stage.plant));
  await expect(driver).toContainText('link online', { timeout: 60_000 });
  await eventually(async () => (await of('driver/modbus/modbus-1'))?.level).toBe('OK');
});

test('a device that is not there is said to be so, with what to do', async ({ admin }) => {
  await admin.goto('/console/devices/new');
  await admin.getByLabel('Driver', { exact: true }).selectOption({ label: 'Modbus driver' });
  const form = admin.locator('form');
  await form.locator('input[name="host"]').fill('127.0.0.1');
  await form.locator('input[name="port"]').fill('1');
  await admin.getByRole('button', { name: 'Create and test' }).click();
  await expect(form.getByRole('status').filter({ hasText: /refused/i })).toBeVisible();
});
