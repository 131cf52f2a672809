import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { enter, eventually, expect, Rest, stage, test } from './stage';

const pid = 'e2e-lora';
const eui = '70b3d57ed00000e1';
const key = '00112233445566778899aabbccddeeff';
const folder = '../../../../org.penstock.driver.lorawan/src/test/node';
const api = `/api/v1/lorawan/${pid}`;
const script = 'function decodeUplink(input) { return { data: { level: input.bytes[0] / 10 } }; }';

let port = 0;
let radio: ChildProcess;
const heard: string[] = [];

/** Virtual devices and a packet forwarder, on lora-packet. */
async function say(command: string, answer: RegExp): Promise<string> {
  const from = heard.length;
  radio.stdin?.write(`${command}\n`);
  await expect.poll(() => heard.slice(from).find((line) => answer.test(line)), { timeout: 60_000 }).toBeTruthy();
  return heard.slice(from).find((line) => answer.test(line)) ?? '';
}

const freePort = () =>
  new Promise<number>((resume) => {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1', () => {
      const found = socket.address().port;
      socket.close(() => resume(found));
    });
  });

test.beforeAll(async () => {
  if (!existsSync(`${folder}/node_modules`)) spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: folder });
  port = await freePort();
  radio = spawn('node', ['simulator.cjs', `${port}`, key, eui], { cwd: folder });
  if (radio.stdout) createInterface({ input: radio.stdout }).on('line', (line) => heard.push(line));
});

test.afterAll(() => {
  radio.kill();
});

test('a page of a driver that is not there is not offered, and says what to do', async ({ admin }) => {
  await admin.goto('/console/');
  await expect(admin.getByRole('link', { name: 'Rules' })).toBeVisible();
  await expect(admin.getByRole('link', { name: 'LoRaWAN' })).toHaveCount(0);
  await admin.goto('/console/lorawan');
  await expect(admin.getByText('There is no LoRaWAN driver')).toBeVisible();
});

test('a codec is tried, refused by its test, put right and applied', async ({ admin, rest }) => {
  await rest.post('/services/configuration/v2/factoryComponents', {
    configs: [
      {
        pid,
        factoryPid: 'org.penstock.driver.lorawan',
        properties: {
          port: { type: 'INTEGER', value: port },
          codecs: { type: 'STRING', value: '== pump fields\nspeed uint8 0\n' },
        },
      },
    ],
    takeSnapshot: true,
  });
  await eventually(() => rest.get<unknown[]>('/api/v1/lorawan')).toHaveLength(1);
  await admin.goto('/console/');
  await admin.getByRole('link', { name: 'LoRaWAN' }).click();
  const codecs = admin.getByRole('region', { name: 'Codecs' });
  await codecs.getByLabel('Codec', { exact: true }).selectOption('New codec');
  const form = codecs.getByRole('region', { name: 'New codec' });
  await form.getByLabel("Codec's name").fill('meter');
  await form.getByLabel('Source').fill(script);
  await form.getByLabel('Tests').fill('1 64 {"level": 11}');
  await form.getByLabel('Bytes to try (hexadecimal)').fill('6e');
  const result = form.getByRole('status', { name: 'Result of the trial' });
  await form.getByRole('button', { name: 'Try' }).click();
  await expect(result).toContainText('level'); // its own test expects another value
  await expect(result).not.toContainText('level = 11');
  await form.getByLabel('Tests').fill('1 64 {"level": 10}');
  await form.getByRole('button', { name: 'Try' }).click();
  await expect(result).toHaveText('level = 11.0');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(codecs.getByRole('region', { name: 'meter' })).toBeVisible();
  expect(await rest.property(pid, 'codecs')).toBe(
    `== pump fields\nspeed uint8 0\n== meter javascript\n${script}\n== meter tests\n1 64 {"level": 10}\n`,
  );
});

test('a device is added with a key that nobody can read again', async ({ admin, rest }) => {
  await admin.goto(`/console/lorawan?pid=${pid}`);
  await admin.getByRole('button', { name: 'Add device' }).click();
  const box = admin.getByRole('dialog');
  await box.getByLabel('DevEUI').fill(eui);
  await box.getByLabel('Name').fill('cellar');
  await box.getByLabel('Codec').selectOption('meter');
  await box.getByLabel('AppKey').fill('12');
  await box.getByRole('button', { name: 'Confirm' }).click();
  await expect(box.getByRole('alert')).toContainText('app_key');
  await box.getByLabel('AppKey').fill(key);
  await box.getByRole('button', { name: 'Confirm' }).click();
  await expect(box).toBeHidden();
  await eventually(async () => (await rest.get<{ devEui: string }[]>(`${api}/devices`))[0]?.devEui).toBe(eui);
  expect(await rest.property(pid, 'devices')).toBe(`${eui} cellar codec=meter`);
  expect(String(await rest.property(pid, 'keys'))).not.toContain(key);
  expect(JSON.stringify(await rest.get('/api/v1/jobs'))).not.toContain(key);
});

test('frames come live and decoded, a downlink is queued, taken back, queued again and sent', async ({
  admin,
  rest,
}) => {
  await admin.goto(`/console/lorawan?pid=${pid}`);
  const gateways = admin.getByRole('list', { name: 'Gateways' });
  await expect(gateways).toContainText('aa555a0000000200', { timeout: 30_000 });
  await say('join 0', /^joined 0/);
  await say('up 0 1 70', /^ok up/);
  const frames = admin.getByRole('region', { name: 'Frames' }).getByRole('list');
  await expect(frames).toContainText('level 11.2', { timeout: 30_000 });
  const line = admin.getByRole('list', { name: 'Devices' }).getByRole('listitem').filter({ hasText: eui });
  await expect(line).toContainText('joined');
  await expect(line).toContainText('-60 dBm');
  await expect(gateways).toContainText('MHz');

  await line.getByRole('button', { name: 'cellar' }).click();
  const queue = () => rest.get<{ port: number; data: string }[]>(`${api}/devices/${eui}/queue`);
  const order = line.getByRole('form', { name: 'Send' });
  await order.getByLabel('FPort').fill('7');
  await order.getByLabel('Bytes (hexadecimal)').fill('0A:0b');
  await order.getByRole('button', { name: 'Send' }).click();
  await eventually(queue).toMatchObject([{ port: 7, data: '0a0b' }]);
  await order.getByRole('button', { name: 'Take back all that waits' }).click();
  await eventually(queue).toEqual([]);
  await order.getByLabel('Bytes (hexadecimal)').fill('0c');
  await order.getByRole('button', { name: 'Send' }).click();
  await eventually(queue).toMatchObject([{ data: '0c' }]);
  expect(await say('up 0 1 71', /^down 0/)).toMatch(/port 7 data 0c$/);
  await expect(frames).toContainText(/down \d+ port 7 0c sent/, { timeout: 30_000 });
  await admin.screenshot({ path: `${stage.shots}/lorawan-opened.png`, fullPage: true });
});

test('a table is tried, its wrong row named, and taken in as a job', async ({ admin, rest }) => {
  await admin.goto(`/console/lorawan?pid=${pid}`);
  await admin.getByRole('button', { name: 'Import devices' }).click();
  const box = admin.getByRole('dialog');
  const head = 'dev_eui;name;app_key\n70b3d57ed00000e2;attic;';
  await box.getByLabel('Table').fill(`${head}12\n`);
  await box.getByRole('button', { name: 'Try' }).click();
  await expect(box.getByRole('listitem')).toContainText('Row 2, app_key');
  await box.getByLabel('Table').fill(`${head}${key}\n`);
  await box.getByRole('button', { name: 'Confirm' }).click();
  await expect(box).toBeHidden();
  await eventually(async () => (await rest.get<unknown[]>(`${api}/devices`)).length).toBe(2);
  const jobs = await rest.get<{ jobs: { kind: string; state: string }[] }>('/api/v1/jobs');
  expect(jobs.jobs.some((j) => j.kind === 'lorawan.import' && j.state === 'SUCCEEDED')).toBe(true);
});

test('who may only look sees no keys, no way to send and no codec editor', async ({ page, rest }) => {
  await rest.post('/services/identity/v2/identities', { name: 'radiowatch' });
  await rest.call('PUT', '/services/identity/v2/identities', {
    identity: { name: 'radiowatch' },
    passwordConfiguration: {
      passwordAuthEnabled: true,
      passwordChangeNeeded: false,
      password: 'only looks at radios',
    },
    permissionConfiguration: { permissions: [{ name: 'role.view' }] },
  });
  await enter(page, 'radiowatch', 'only looks at radios');
  await page.goto(`/console/lorawan?pid=${pid}`);
  const devices = page.getByRole('list', { name: 'Devices' });
  await devices.getByRole('button', { name: 'cellar' }).click();
  await expect(devices).toContainText('Nothing waits');
  await expect(page.getByRole('button', { name: /Send|Add device|Import devices/ })).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Codecs' })).toHaveCount(0);
  const theirs = await Rest.as('radiowatch', 'only looks at radios');
  await expect(theirs.post(`${api}/devices/${eui}/queue`, { port: 1, data: '01' })).rejects.toThrow('403');
});
