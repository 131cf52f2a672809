import { eventually, expect, Rest, stage, test } from './stage';

interface Channel {
  name: string;
  state?: { quality: string; value?: number };
}

test('first start: the printed password is good for one thing, to choose another; then name and time', async ({
  page,
}) => {
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
  await expect(page.getByRole('heading', { name: 'First steps' })).toBeVisible();
  const rest = await Rest.as('admin', stage.password);
  expect(await rest.get('/services/session/v1/currentIdentity')).toMatchObject({ passwordChangeNeeded: false });

  const form = page.getByRole('form', { name: 'Name' });
  await form.getByLabel('Name of this gateway').fill('Pump house north');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(form.getByRole('status')).toHaveText('Applied.');
  await eventually(async () => (await rest.get<{ name: string }>('/api/v1/gateway')).name).toBe('Pump house north');
  await expect(page.locator('.gatewayname')).toHaveText('Pump house north');
  const { zone, trusted } = await rest.get<{ zone: string; trusted: boolean }>('/api/v1/gateway');
  const time = page.getByRole('region', { name: 'Time' });
  await expect(time).toContainText(zone);
  await expect(time).toContainText(trusted ? 'yes' : 'Warning');
  await page.getByRole('link', { name: 'To the overview' }).click();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
});

test('the sample project is made, lives, and is taken away again', async ({ admin, rest }) => {
  const pids = async () =>
    (
      await rest.get<{ components: { pid: string }[] }>(
        '/services/configuration/v2/configurableComponents/pidsWithFactory',
      )
    ).components
      .map((c) => c.pid)
      .filter((pid) => pid.startsWith('sample'))
      .sort();
  const channel = async (name: string) =>
    (await rest.get<{ channels: Channel[] }>('/api/v1/channels?asset=sample-tank')).channels.find(
      (c) => c.name === name,
    )?.state;
  await admin.goto('/console/start');
  const section = admin.getByRole('region', { name: 'Sample project' });
  await section.getByRole('button', { name: 'Make the sample' }).click();
  await expect(section.getByText('The sample is there.')).toBeVisible();
  await eventually(async () => (await channel('level'))?.quality).toBe('GOOD');
  const level = (await channel('level'))?.value ?? Number.NaN;
  expect(level).toBeGreaterThanOrEqual(0);
  expect(level).toBeLessThanOrEqual(100);
  const rule = (await rest.get<{ pid: string; level: string }[]>('/api/v1/rules')).find(
    (r) => r.pid === 'sample-high-level',
  );
  expect(rule?.level).toBe('OK');
  await eventually(async () => {
    const { components } = await rest.get<{ components: { pid: string; received: number }[] }>('/api/v1/flows/sample');
    return components.find((c) => c.pid === 'sample-log')?.received;
  }).toBeGreaterThan(0);
  await section.getByRole('link', { name: 'Tags' }).click();
  await expect(admin.locator('.grid tbody tr')).toHaveCount(4);

  await admin.goto('/console/start');
  await section.getByRole('button', { name: 'Remove the sample' }).click();
  await expect(section.getByText('The sample is removed.')).toBeVisible();
  await eventually(pids).toEqual([]);
  // its alarm has come and nobody is there who would look at it
  await eventually(async () => (await rest.get<{ alarms: { name: string }[] }>('/api/v1/alarms')).alarms).toEqual([]);
});
