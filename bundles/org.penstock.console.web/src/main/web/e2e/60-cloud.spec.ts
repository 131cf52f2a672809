import { act, eventually, expect, stage, test } from './stage';

interface Instances {
  cloudEndpointInstances: { cloudEndpointPid: string; state: string }[];
  pubsubInstances: { pid: string; cloudEndpointPid: string }[];
}
const root = '/services/cloudconnection/v1';
const factory = 'org.eclipse.kura.core.cloud.factory.DefaultCloudServiceFactory';

test('a cloud is tested step by step, set up on one page and connected to mosquitto', async ({ admin, rest }) => {
  const instances = () => rest.get<Instances>(`${root}/instances`);
  await admin.goto('/console/cloud');
  const form = admin.getByRole('form', { name: 'New connection' });
  await form.getByLabel('Broker').fill('mqtt://127.0.0.1:1');
  await form.getByRole('button', { name: 'Test' }).click();
  await expect(form.getByRole('list', { name: 'Steps of the test' })).toContainText(/refused/i);
  await form.getByLabel('Broker').fill(`mqtt://127.0.0.1:${stage.broker}`);
  await form.getByRole('button', { name: 'Test' }).click();
  const steps = form.getByRole('list', { name: 'Steps of the test' });
  await expect(steps).toContainText(/PUBLISH/i);
  await expect(steps.getByText('Alarm')).toHaveCount(0);

  const choice = form.getByLabel('Factory');
  const all = await choice.locator('option').allTextContents();
  await choice.selectOption(all.find((f) => f === factory) ?? all[1] ?? '');
  const pid = await form.getByLabel('Name (pid)').inputValue();
  await form.getByLabel('Client id').fill('e2e');
  await form.getByLabel('Account name').fill('e2e');
  await form.getByRole('button', { name: 'Create and connect' }).click();
  await eventually(async () => (await instances()).cloudEndpointInstances).toContainEqual(
    expect.objectContaining({ cloudEndpointPid: pid, state: 'CONNECTED' }),
  );
  await expect(admin.locator('.connection', { hasText: pid }).getByText('connected', { exact: true })).toBeVisible();

  const client = admin.getByRole('form', { name: 'New publisher or subscriber' });
  await client.getByLabel('Name (pid)').fill('e2e-publisher');
  await client.getByRole('button').click();
  await eventually(async () => (await instances()).pubsubInstances).toContainEqual(
    expect.objectContaining({ pid: 'e2e-publisher', cloudEndpointPid: pid }),
  );

  const preview = admin.getByRole('form', { name: 'Preview of topics and payloads' });
  await preview.getByLabel('Topic').fill('site/$assetName/data');
  await preview.getByRole('button', { name: 'Show' }).click();
  await expect(preview.locator('.log')).toContainText('site/');
});

test('messages wait in the outbox while the broker is away, are seen there, and leave it', async ({ admin, rest }) => {
  const pid = 'e2e-to-cloud';
  await rest.post('/services/configuration/v2/factoryComponents', {
    configs: [
      {
        pid,
        factoryPid: 'org.penstock.cloud.asset',
        properties: {
          'asset.pid': { type: 'STRING', value: 'modbus-1-device' },
          'interval.ms': { type: 'INTEGER', value: 500 },
        },
      },
    ],
    takeSnapshot: true,
  });
  await rest.call('PATCH', '/api/v1/configurations/e2e-publisher', {
    properties: { qos: { type: 'INTEGER', value: 1 } }, // only what is to be confirmed waits on disk
  });
  // the reference to the publisher is chosen from what is there
  await admin.goto(`/console/configuration?pid=${pid}`);
  const target = admin.getByRole('combobox', { name: 'Publisher' });
  const choices = await target.getAttribute('list');
  await expect(admin.locator(`datalist[id="${choices}"] option`, { hasText: 'e2e-publisher' })).toBeAttached();
  await target.fill('(kura.service.pid=e2e-publisher)');
  await admin.getByRole('button', { name: 'Apply' }).click();
  await expect(admin.getByRole('status')).toHaveText('Applied.');
  expect(await rest.property(pid, 'CloudPublisher.target')).toBe('(kura.service.pid=e2e-publisher)');

  interface Health {
    states: Record<string, { figures: Record<string, number> }>;
  }
  const figure = async (name: string) =>
    Object.entries((await rest.get<Health>('/api/v1/health')).states)
      .filter(([source]) => source.startsWith('cloud/data/'))
      .reduce((sum, [, s]) => sum + (s.figures[name] ?? 0), 0);
  const confirmed = await figure('confirmed');
  await eventually(() => figure('confirmed')).toBeGreaterThan(confirmed + 1);
  await act('broker/kill');
  await eventually(() => figure('outbox.depth')).toBeGreaterThan(3);
  await admin.goto('/console/cloud');
  const outbox = admin.getByRole('region', { name: 'Outbox' }).getByRole('listitem').filter({ hasText: 'oldest' });
  await expect(outbox).toContainText(/[1-9]\d* waiting/);
  await act('broker/start');
  await expect.poll(() => figure('outbox.depth'), { timeout: 180_000 }).toBeLessThan(3); // it tries each minute
  await expect(admin.getByRole('region', { name: 'Outbox' })).toContainText(/\b[0-2] waiting/, { timeout: 60_000 });
  await rest.call('DELETE', '/services/configuration/v2/factoryComponents/byPid', { pids: [pid], takeSnapshot: true });
});
