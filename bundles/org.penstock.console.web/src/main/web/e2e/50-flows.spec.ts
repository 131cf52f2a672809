import type { Page } from '@playwright/test';
import { eventually, expect, type Rest, test } from './stage';

interface Flow {
  graph: { components: { pid: string }[]; wires: { emitter: string; emitterPort: number; receiver: string }[] };
  components: { pid: string; received: number; lastError: string; failed: number }[];
}
const flow = (rest: Rest, name = 'main') => rest.get<Flow>(`/api/v1/flows/${name}`);
const wires = async (rest: Rest, name = 'main') =>
  (await flow(rest, name)).graph.wires.map((w) => `${w.emitter}.${w.emitterPort}>${w.receiver}`).sort();

const part = (page: Page, pid: string) => page.locator(`.react-flow__node[data-id="${pid}"]`);
const port = (page: Page, pid: string, id: string) => part(page, pid).locator(`[data-handleid="${id}"]`);
const add = (page: Page, kind: string) =>
  page.getByRole('region', { name: 'Components to add' }).getByRole('button', { name: kind, exact: true }).click();

async function apply(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Apply', exact: true }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText('Applied.').first()).toBeVisible();
}

test('a graph is drawn, applied, broken and repaired', async ({ admin, rest }) => {
  await admin.goto('/console/flows');
  await add(admin, 'Timer');
  await add(admin, 'ConditionalComponent');
  await add(admin, 'Logger');
  await admin.getByRole('button', { name: 'Auto-layout' }).click();
  // by pointer, from port to port
  await port(admin, 'timer', 'o0').dragTo(port(admin, 'conditionalcomponent', 'i0'));
  await port(admin, 'conditionalcomponent', 'o0').dragTo(port(admin, 'logger', 'i0'));
  await expect(admin.locator('.react-flow__edge')).toHaveCount(2);
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(admin.locator('.react-flow__edge')).toHaveCount(1);
  await admin.getByRole('button', { name: 'Redo' }).click();
  await expect(admin.locator('.react-flow__edge')).toHaveCount(2);
  await part(admin, 'timer').click();
  const inspector = admin.getByRole('complementary');
  await inspector.getByRole('textbox', { name: 'Interval' }).fill('1');
  await part(admin, 'conditionalcomponent').click();
  const script = inspector.getByRole('textbox', { name: 'Condition' });
  await script.fill('true');
  await admin.getByRole('button', { name: 'Apply', exact: true }).first().click();
  const box = admin.getByRole('dialog');
  await expect(box).toContainText('timer, conditionalcomponent, logger');
  await expect(box).toContainText('timer.0 → conditionalcomponent.0, conditionalcomponent.0 → logger.0');
  await box.getByRole('button', { name: 'Confirm' }).click();
  await expect(admin.getByText('Applied.').first()).toBeVisible();
  expect(await wires(rest)).toEqual(['conditionalcomponent.0>logger', 'timer.0>conditionalcomponent']);
  await eventually(async () => (await flow(rest)).components.find((c) => c.pid === 'logger')?.received).toBeGreaterThan(
    1,
  );
  await expect(admin.locator('.react-flow__edge', { hasText: /[0-9.]+\/s/ }).first()).toBeVisible();

  // broken: a condition that is no script
  await part(admin, 'conditionalcomponent').click();
  await expect(script).toHaveValue('true');
  await script.fill('nonsense(');
  await inspector.getByRole('button', { name: 'Apply' }).click();
  await expect(part(admin, 'conditionalcomponent').locator('[data-s=alarm], [data-s=warn]')).toBeVisible();
  await expect(inspector.getByRole('region', { name: 'Figures' }).locator('.error')).toBeVisible();
  // and repaired
  await script.fill('true');
  await inspector.getByRole('button', { name: 'Apply' }).click();
  const before = (await flow(rest)).components.find((c) => c.pid === 'logger')?.received ?? 0;
  await eventually(async () => (await flow(rest)).components.find((c) => c.pid === 'logger')?.received).toBeGreaterThan(
    before,
  );
  await expect(part(admin, 'conditionalcomponent').locator('[data-s=ok]')).toBeVisible();
});

test('what flows is tapped, and records are injected', async ({ admin }) => {
  await admin.goto('/console/flows');
  await part(admin, 'logger').click();
  const inspector = admin.getByRole('complementary');
  await inspector.getByRole('button', { name: 'Listen' }).click();
  await expect(inspector.getByRole('list', { name: 'Heard' }).getByRole('listitem').first()).toContainText('TIMER');
  await inspector.getByLabel('Records (JSON)').fill('[{"injected": {"type": "DOUBLE", "value": 4.25}}]');
  await inspector.getByRole('button', { name: 'Send' }).click();
  await expect(inspector.getByText('Sent to 1 receiver.')).toBeVisible();
});

test('a second graph is made by keys alone: added, connected, copied, pasted, applied, deleted', async ({
  admin,
  rest,
}) => {
  await admin.goto('/console/flows');
  await admin.getByLabel('Name of a new graph').focus();
  await admin.keyboard.type('second');
  await admin.keyboard.press('Enter');
  await expect(admin).toHaveURL(/graph=second/);
  for (const kind of ['Timer', 'Throttle']) {
    await admin.getByLabel('Find a component').fill(kind);
    await admin.getByRole('button', { name: kind, exact: true }).focus();
    await admin.keyboard.press('Enter');
  }
  await part(admin, 'timer-2').focus();
  await admin.keyboard.press('Enter');
  await admin.getByRole('button', { name: 'Connect', exact: true }).focus();
  await admin.keyboard.press('Enter');
  await expect(admin.locator('.react-flow__edge')).toHaveCount(1);
  await part(admin, 'throttle').focus();
  await admin.keyboard.press('Control+a');
  await admin.keyboard.press('Control+c');
  await admin.keyboard.press('Control+v');
  await expect(admin.locator('.react-flow__node')).toHaveCount(4);
  await expect(admin.locator('.react-flow__edge')).toHaveCount(2);
  await part(admin, 'throttle-2').focus();
  await admin.keyboard.press('Delete');
  await expect(admin.locator('.react-flow__node')).toHaveCount(2);
  await admin.keyboard.press('Control+z');
  await expect(admin.locator('.react-flow__node')).toHaveCount(4);
  await admin.getByLabel('Find in the graph').fill('throttle-2');
  await expect(admin.locator('.found')).toHaveCount(1);
  await apply(admin);
  expect(await wires(rest, 'second')).toEqual(['timer-2.0>throttle', 'timer-3.0>throttle-2']);
  await admin.getByRole('button', { name: 'Delete', exact: true }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
  await eventually(async () =>
    (await rest.get<{ flows: { name: string }[] }>('/api/v1/flows')).flows.map((f) => f.name),
  ).toEqual(['main']);
});

test('a wire that would close a circle is refused while it is drawn', async ({ admin, rest }) => {
  await admin.goto('/console/flows');
  const before = await wires(rest);
  await add(admin, 'Throttle');
  await port(admin, 'conditionalcomponent', 'o1').dragTo(port(admin, 'throttle', 'i0'));
  await port(admin, 'throttle', 'o0').hover();
  await admin.mouse.down();
  await port(admin, 'conditionalcomponent', 'i0').hover();
  await expect(admin.getByText('That would be a circle')).toBeVisible();
  await admin.mouse.up();
  await expect(admin.locator('.react-flow__edge')).toHaveCount(before.length + 1);
  await admin.getByRole('button', { name: 'Reset' }).click();
  await expect(admin.locator('.react-flow__edge')).toHaveCount(before.length);
  expect(await wires(rest)).toEqual(before);
});
