import { eventually, expect, stage, test } from './stage';

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
