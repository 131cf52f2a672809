import { enter, eventually, expect, Rest, stage, stick, test } from './stage';

const pid = 'e2e-zigbee';
const api = `/api/v1/zigbee/${pid}`;
const plug = '00124b0001020301';
const sensor = '00158d0001dc126a';
const coded = '00124b0001020366';
const code = '83FED3407A939723A5C639B26916D505C3B5';

interface Device {
  ieee: string;
  name: string;
  model: string;
  interviewed: boolean;
}
interface Values {
  channels: { name: string; state?: { value?: unknown; quality?: string } }[];
}
const devices = (rest: Rest) => rest.get<Device[]>(`${api}/devices`);
const seconds = async (rest: Rest) => (await rest.get<{ seconds: number }>(`${api}/permit-join`)).seconds;

test('a page of a driver that is not there is not offered, and says what to do', async ({ admin }) => {
  await admin.goto('/console/');
  await expect(admin.getByRole('link', { name: 'Rules' })).toBeVisible();
  await expect(admin.getByRole('link', { name: 'ZigBee' })).toHaveCount(0);
  await admin.goto('/console/zigbee');
  await expect(admin.getByText('There is no ZigBee driver')).toBeVisible();
});

test('devices join while the countdown runs, and none after it was ended early', async ({ admin, rest }) => {
  await rest.post('/services/configuration/v2/factoryComponents', {
    configs: [
      {
        pid,
        factoryPid: 'org.penstock.driver.zigbee',
        properties: { port: { type: 'STRING', value: `tcp://127.0.0.1:${stage.stick}` } },
      },
    ],
    takeSnapshot: true,
  });
  await eventually(async () => (await rest.get<{ state: string }[]>('/api/v1/zigbee'))[0]?.state).toBe('ONLINE');
  await admin.goto('/console/');
  await admin.getByRole('link', { name: 'ZigBee' }).click();
  const joining = admin.getByRole('region', { name: 'Joining' });
  await expect(joining).toContainText('The network is closed');
  for (const [kind, ieee] of [
    ['plug', plug],
    ['temperature', sensor],
  ])
    await stick(`add ${kind} ${ieee}`);
  expect(await stick(`join ${plug}`)).toBe('refused');

  await joining.getByLabel('Seconds').fill('200');
  await joining.getByRole('button', { name: 'Let devices join' }).click();
  const left = async () => Number(/\d+/.exec((await joining.getByRole('timer').textContent()) ?? '')?.[0]);
  await expect(joining.getByRole('timer')).toContainText('seconds');
  const first = await left();
  expect(first).toBeLessThanOrEqual(200);
  await expect.poll(left).toBeLessThan(first);
  expect(await seconds(rest)).toBeGreaterThan(0);
  for (const ieee of [plug, sensor]) await eventually(() => stick(`join ${ieee}`)).not.toBe('refused');
  const list = admin.getByRole('list', { name: 'Devices' });
  await expect(list).toContainText('SPLZB-131', { timeout: 60_000 });
  await expect(list).toContainText('TH01', { timeout: 60_000 });
  const line = list.getByRole('listitem').filter({ hasText: sensor });
  await expect(line).toContainText(/LQI \d+/);
  await expect(line).toContainText('eWeLink');
  await eventually(async () => (await devices(rest)).filter((d) => d.interviewed).length).toBe(2);

  await joining.getByRole('button', { name: 'Close now' }).click();
  await expect(joining).toContainText('The network is closed');
  expect(await seconds(rest)).toBe(0);
  await eventually(() => stick('network')).toContain('permit=false');
});

test('a device is renamed, asked anew, and made an asset with one click whose value comes and goes', async ({
  admin,
  rest,
}) => {
  await admin.goto(`/console/zigbee?pid=${pid}`);
  const line = admin.getByRole('list', { name: 'Devices' }).getByRole('listitem').filter({ hasText: plug });
  await line.getByRole('button', { name: 'SPLZB-131' }).click();
  await expect(line).toContainText('Endpoint 1');
  await line.getByRole('textbox', { name: 'Name' }).fill('cellar');
  await line.getByRole('button', { name: 'Rename' }).click();
  await expect(line.getByRole('button', { name: 'cellar' })).toBeVisible();
  await eventually(async () => (await devices(rest)).map((d) => d.name)).toContain('cellar');

  await line.getByRole('button', { name: 'Ask anew what it is' }).click();
  await eventually(async () => (await devices(rest)).every((d) => d.interviewed)).toBe(true);

  await line.getByRole('button', { name: 'Make an asset of it' }).click();
  await expect(line.getByRole('status')).toContainText('Asset cellar-0301 is made');
  const value = async (channel: string) => {
    const { channels } = await rest.get<Values>('/api/v1/channels?asset=cellar-0301&limit=50');
    return channels.find((c) => c.name === channel)?.state?.value;
  };
  await stick(`set ${plug} 1 6 0 1`);
  await stick(`report ${plug} 1 6 0`);
  await eventually(() => value('on')).toBe(true);
  await stick(`set ${plug} 1 6 0 0`);
  await stick(`report ${plug} 1 6 0`);
  await eventually(() => value('on')).toBe(false);
  await rest.post('/services/assets/cellar-0301/_write', {
    channels: [{ name: 'on', type: 'BOOLEAN', value: true }],
  });
  await eventually(() => stick(`get ${plug} 1 6 0`)).toBe('1');
  expect(await rest.property('cellar-0301', 'on#device')).toBe(`0x${plug}`);
  await line.getByRole('link', { name: 'Channels' }).click();
  await expect(admin.locator('.grid tbody tr').first()).toContainText('cellar-0301');
});

test('the network is asked who hears whom, and backed up as a job', async ({ admin, rest }) => {
  await admin.goto(`/console/zigbee?pid=${pid}`);
  await admin.getByRole('button', { name: 'Ask the network' }).click();
  const table = admin.getByRole('region', { name: 'Table of who hears whom' });
  await expect(table).toContainText('cellar', { timeout: 60_000 });
  await expect(admin.getByRole('img', { name: /who hears whom/ })).toBeVisible();
  const map = await rest.get<{ links: { neighbour: string; linkQuality: number }[] }>(`${api}/map`);
  expect(map.links.map((l) => l.neighbour)).toContain(`0x${plug}`);

  await admin.getByRole('button', { name: 'Back up the network' }).click();
  await expect(admin.getByText(`zigbee/${pid}.backup.json`)).toBeVisible();
  const { jobs } = await rest.get<{ jobs: { kind: string; state: string }[] }>('/api/v1/jobs');
  expect(jobs.filter((j) => j.kind === `zigbee.backup:${pid}`).map((j) => j.state)).toEqual(['SUCCEEDED']);
  await admin.screenshot({ path: `${stage.shots}/zigbee-opened.png`, fullPage: true });
});

test('a mistyped install code is refused, the right one lets its device join', async ({ admin, rest }) => {
  await stick(`add bulb ${coded}`);
  await stick(`install-code ${coded} ${code}`);
  await rest.call('PUT', `${api}/permit-join`, { seconds: 200 });
  await eventually(() => stick('network')).toContain('permit=true');
  expect(await stick(`join ${coded}`)).toBe('refused');
  await admin.goto(`/console/zigbee?pid=${pid}`);
  await admin.getByRole('button', { name: 'Install code' }).click();
  const box = admin.getByRole('dialog');
  await box.getByLabel('IEEE address').fill(`0x${coded}`);
  await box.getByLabel('Install code').fill(code.replace('83FE', '83FF'));
  await box.getByRole('button', { name: 'Confirm' }).click();
  await expect(box.getByRole('alert')).toContainText('checksum');
  await box.getByLabel('Install code').fill(code);
  await box.getByRole('button', { name: 'Confirm' }).click();
  await expect(box).toBeHidden();
  await eventually(() => stick(`join ${coded}`)).not.toBe('refused');
  await eventually(async () => (await devices(rest)).map((d) => d.ieee)).toContain(`0x${coded}`);
  await rest.call('PUT', `${api}/permit-join`, { seconds: 0 });
});

test('a device is removed only after a question', async ({ admin, rest }) => {
  await admin.goto(`/console/zigbee?pid=${pid}`);
  const line = admin.getByRole('list', { name: 'Devices' }).getByRole('listitem').filter({ hasText: coded });
  await line.getByRole('button').first().click();
  await line.getByRole('button', { name: 'Remove' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  expect((await devices(rest)).map((d) => d.ieee)).toContain(`0x${coded}`);
  await line.getByRole('button', { name: 'Remove' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
  await expect(line).toHaveCount(0);
  expect((await devices(rest)).map((d) => d.ieee)).not.toContain(`0x${coded}`);
  await eventually(() => stick('network')).toContain('joined=2');
});

test('who may only look opens no network and changes no device', async ({ page, rest }) => {
  await rest.post('/services/identity/v2/identities', { name: 'meshwatch' });
  await rest.call('PUT', '/services/identity/v2/identities', {
    identity: { name: 'meshwatch' },
    passwordConfiguration: {
      passwordAuthEnabled: true,
      passwordChangeNeeded: false,
      password: 'only looks at meshes',
    },
    permissionConfiguration: { permissions: [{ name: 'role.view' }] },
  });
  await enter(page, 'meshwatch', 'only looks at meshes');
  await page.goto(`/console/zigbee?pid=${pid}`);
  await page.getByRole('list', { name: 'Devices' }).getByRole('button', { name: 'cellar' }).click();
  await expect(page.getByText('Endpoint 1')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Joining' })).toContainText('The network is closed');
  await expect(
    page.getByRole('button', { name: /Let devices|Rename|Remove|Make an asset|Install code|Back up|Ask/ }),
  ).toHaveCount(0);
  const theirs = await Rest.as('meshwatch', 'only looks at meshes');
  await expect(theirs.call('PUT', `${api}/permit-join`, { seconds: 60 })).rejects.toThrow('403');
});
