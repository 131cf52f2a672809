import { readFileSync } from 'node:fs';
import { eventually, expect, stage, test } from './stage';
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
