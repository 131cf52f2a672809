import type { Page } from '@playwright/test';
import { eventually, expect, type Rest, test } from './stage';

const name = 'timed';
const parts = async (rest: Rest) =>
  (await rest.get<{ graph: { components: { pid: string }[] } }>(`/api/v1/flows/${name}`)).graph.components
    .map((c) => c.pid)
    .sort();
const add = (page: Page, kind: string) =>
  page.getByRole('region', { name: 'Components to add' }).getByRole('button', { name: kind, exact: true }).click();

async function apply(page: Page, revert: string): Promise<void> {
  await page.getByRole('button', { name: 'Apply', exact: true }).first().click();
  const box = page.getByRole('dialog');
  await box.getByLabel('Revert by itself').selectOption({ label: revert });
  await box.getByRole('button', { name: 'Confirm' }).click();
  await expect(box).toBeHidden();
}

test('a graph is applied for a time: taken back, kept, and reverted when nobody decides', async ({ admin, rest }) => {
  await rest.post(`/api/v1/flows/${name}`);
  await admin.goto(`/console/flows?graph=${name}`);
  const strip = admin.getByRole('region', { name: 'Change that reverts' });
  await add(admin, 'Timer');
  await apply(admin, 'after 2 min unless it is kept');
  await expect(strip).toContainText('unless it is kept');
  expect(await parts(rest)).toHaveLength(1);
  const [timer = ''] = await parts(rest);
  await strip.getByRole('button', { name: 'Take back' }).click();
  await eventually(() => parts(rest)).toEqual([]);
  await expect(strip).toBeHidden();
  await eventually(async () => {
    const { components } = await rest.get<{ components: { pid: string }[] }>(
      '/services/configuration/v2/configurableComponents/pidsWithFactory',
    );
    return components.some((c) => c.pid === timer);
  }).toBe(false);

  await admin.goto(`/console/flows?graph=${name}`);
  await add(admin, 'Timer');
  await apply(admin, 'after 2 min unless it is kept');
  await strip.getByRole('button', { name: 'Keep' }).click();
  await expect(strip).toBeHidden();
  const kept = await parts(rest);
  expect(kept).toHaveLength(1);
  expect(await rest.get('/api/v1/timed-change')).not.toHaveProperty('pending');

  await add(admin, 'Logger');
  await apply(admin, 'after 30 s unless it is kept');
  await eventually(() => parts(rest)).toHaveLength(2);
  await admin.goto('/console/'); // the strip is on every page
  await expect(strip).toBeVisible();
  await eventually(() => parts(rest)).toEqual(kept);
  await expect(strip).toBeHidden();
  await rest.call('DELETE', `/api/v1/flows/${name}`);
});
