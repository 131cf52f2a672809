import { readFileSync } from 'node:fs';
import { eventually, expect, stage, stick, test } from './stage';
import { unzip } from './zip';

interface Line {
  level: string;
  logger: string;
}

test('the level of a logger is set, holds, and is taken away', async ({ admin, rest }) => {
  const logger = 'org.eclipse.jetty.util.thread';
  const debug = async () =>
    (await rest.get<{ lines: Line[] }>('/api/v1/logs?level=DEBUG&limit=1000')).lines.filter(
      (l) => l.level === 'DEBUG' && l.logger.startsWith(logger),
    ).length;
  const levels = () => rest.property('org.penstock.core.logging', 'levels');
  expect(await debug()).toBe(0);
  await admin.goto('/console/system');
  const section = admin.getByRole('region', { name: 'Log levels' });
  await section.getByLabel('Logger', { exact: true }).fill(logger);
  await section.getByLabel('Level of the logger').selectOption('DEBUG');
  await section.getByRole('button', { name: 'Set' }).click();
  const line = section.getByRole('listitem').filter({ hasText: logger });
  await expect(line).toContainText('DEBUG');
  expect(await levels()).toEqual([`${logger}=DEBUG`]);
  await eventually(debug).toBeGreaterThan(0);
  await line.getByRole('button', { name: `Remove ${logger}` }).click();
  await expect(line).toHaveCount(0);
  await eventually(async () => ((await levels()) as string[] | undefined)?.length ?? 0).toBe(0);
});

/** The asset is 36-write's. */
test('the support bundle is downloaded and holds no secret', async ({ admin, rest }) => {
  const secrets = ['turbine-hall-7-secret', 'uri-secret-99'];
  await rest.post('/services/configuration/v2/factoryComponents', {
    configs: [
      {
        pid: 'e2e-secret',
        factoryPid: 'org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl',
        properties: {
          'keystore.path': { type: 'STRING', value: `/tmp/${secrets[0]}.p12` },
          'keystore.password': { type: 'PASSWORD', value: secrets[0] },
        },
      },
    ],
    takeSnapshot: true,
  });
  await rest.call('PATCH', '/api/v1/configurations/valve', {
    properties: { 'asset.desc': { type: 'STRING', value: `see mqtt://joe:${secrets[1]}@host/` } },
  });
  await admin.goto('/console/system');
  const [file] = await Promise.all([
    admin.waitForEvent('download'),
    admin.getByRole('button', { name: 'Support bundle' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^support-\d{8}-\d{6}\.zip$/);
  await file.saveAs(`${stage.files}/support.zip`);
  const files = unzip(readFileSync(`${stage.files}/support.zip`));
  for (const name of ['health.json', 'configuration.json', 'bundles.json', 'threads.txt', 'logs/penstock.log'])
    expect(files.get(name)?.length ?? 0, name).toBeGreaterThan(100);
  expect(files.get('configuration.json')).toContain('e2e-secret');
  expect(files.get('configuration.json')).toContain('see mqtt://***@host/');
  for (const [name, text] of files)
    for (const secret of [...secrets, stage.password])
      expect(text.includes(secret), `${secret} in ${name}`).toBe(false);
  await rest.call('DELETE', '/services/configuration/v2/factoryComponents/byPid', {
    pids: ['e2e-secret'],
    takeSnapshot: true,
  });
});

test('the log grows as it is looked at, is searched and held; figures and properties are found', async ({
  admin,
  rest,
}) => {
  await admin.goto('/console/system');
  const section = admin.getByRole('region', { name: 'Log', exact: true });
  const log = section.getByRole('list', { name: 'Log' });
  await expect(log.getByRole('listitem').first()).toBeVisible();
  await section.getByLabel('Filter Log').fill('seeninthelog');
  await expect(log.getByRole('listitem')).toHaveCount(0);
  await rest.call('PUT', '/api/v1/rules/seeninthelog', { properties: { when: 'hour() == 6' } });
  await expect(log.getByRole('listitem').first()).toContainText('seeninthelog');
  await section.getByRole('button', { name: 'Pause' }).click();
  const held = await log.getByRole('listitem').count();
  await rest.call('DELETE', '/api/v1/rules/seeninthelog');
  const lines = async () =>
    (await rest.get<{ lines: unknown[] }>('/api/v1/logs?q=seeninthelog&limit=200')).lines.length;
  await eventually(lines).toBeGreaterThan(held);
  expect(await log.getByRole('listitem').count()).toBe(held);
  await section.getByRole('button', { name: 'Go on' }).click();
  await expect.poll(() => log.getByRole('listitem').count()).toBeGreaterThan(held);

  const metrics = admin.getByRole('region', { name: 'Metrics' });
  await metrics.getByLabel('Filter Metrics').fill('disk_free');
  await expect(metrics.locator('dt')).toHaveCount(1);
  await expect(metrics.locator('dd')).toHaveText(/^\d/);
  const { kuraProperties } = await rest.get<{ kuraProperties: Record<string, string> }>(
    '/services/system/v1/properties/kura',
  );
  const [name = '', value = ''] = Object.entries(kuraProperties).find(([key]) => key === 'kura.version') ?? [];
  const properties = admin.getByRole('region', { name: 'Properties' });
  await properties.getByLabel('Filter Properties').fill(name);
  await expect(properties.locator('div').filter({ hasText: name }).locator('dd').first()).toHaveText(value);
});

test('long work shows how far it is, and is cancelled from the page', async ({ admin, rest }) => {
  const kind = 'zigbee.permit-join:e2e-zigbee';
  const begun = await rest.post<{ id: string }>('/api/v1/jobs', { kind, arguments: { seconds: '200' } });
  await admin.goto('/console/system');
  const job = admin.getByRole('region', { name: 'Jobs' }).getByRole('listitem').filter({ hasText: kind }).first();
  await expect(job).toContainText(/\d+ % open for \d+ s/);
  const text = await job.textContent();
  await expect(job).not.toHaveText(text ?? '');
  await job.getByRole('button', { name: 'Cancel' }).click();
  await eventually(async () => (await rest.get<{ state: string }>(`/api/v1/jobs/${begun.id}`)).state).toBe('CANCELLED');
  await expect(job).toContainText('CANCELLED');
  await eventually(() => stick('network')).toContain('permit=false');
});

test('the gateway is restarted from its page, which comes back', async ({ admin, rest }) => {
  const started = async () => (await rest.get<{ started: string }>('/api/v1/gateway')).started;
  const before = await started();
  await admin.goto('/console/system');
  await admin.getByRole('button', { name: 'Restart' }).click();
  const box = admin.getByRole('dialog');
  await box.getByRole('button', { name: 'Cancel' }).click();
  await expect(box).toBeHidden();
  expect(await started()).toBe(before);
  await admin.getByRole('button', { name: 'Restart' }).click();
  await expect(box).toContainText('Everybody has to log in again');
  await box.getByRole('button', { name: 'Confirm' }).click();
  await expect(admin.getByText('The gateway restarts')).toBeVisible();
  await expect(admin.getByRole('heading', { name: 'Log in to the gateway' })).toBeVisible({ timeout: 120_000 });
  await expect.poll(() => started().catch(() => before), { timeout: 120_000, message: 'a new start' }).not.toBe(before);
});
