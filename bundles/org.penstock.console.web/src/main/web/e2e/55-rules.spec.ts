import { enter, eventually, expect, Rest, test } from './stage';

interface Rule {
  when: string;
  active: boolean;
}
interface Alarm {
  name: string;
  state: string;
  active: boolean;
  by: string;
  comment: string;
}
const pid = 'e2e-hot';
const rule = (rest: Rest) => rest.get<Rule>(`/api/v1/rules/${pid}`);
const alarm = async (rest: Rest) =>
  (await rest.get<{ alarms: Alarm[] }>('/api/v1/alarms?all=true')).alarms.find((a) => a.name === pid);
/** A register of the device that 32-device has made. */
const asset = 'modbus-1-device';
const channel = 'holding-0';
const name = `${asset}/${channel}`;
const set = (rest: Rest, value: number) => rest.call('PUT', `/api/v1/channels/${asset}/${channel}/value`, { value });

test('a rule is written with completion and live evaluation, refused where it is wrong, and acts', async ({
  admin,
  rest,
}) => {
  const properties = { '+type': 'READ_WRITE' };
  await rest.post('/api/v1/channels/_edit', { edits: [{ op: 'patch', asset, channel, properties }] });
  await eventually(() => set(rest, 7).then(() => 'written')).toBe('written');
  await admin.goto('/console/rules');
  await admin.getByRole('button', { name: 'New rule' }).click();
  const form = admin.getByRole('form', { name: 'New rule' });
  await form.getByLabel('Name (pid)').fill(pid);
  const when = form.getByRole('textbox', { name: 'When' });
  await when.click();
  await admin.keyboard.type(`[${name.slice(0, -1)}`);
  await expect(form.getByRole('option', { name }).first()).toBeVisible();
  await admin.keyboard.press('Enter');
  await expect(when).toHaveValue(`[${name}]`);
  await admin.keyboard.type(' > nonsens(1)');
  await expect(form.getByText(/Character \d+:/)).toBeVisible();
  await when.fill(`[${name}] > 5`);
  await expect(form.getByText('Now: true')).toBeVisible();
  await form.locator('select[name="alarm"]').selectOption('FOLLOW');
  await form.locator('select[name="priority"]').selectOption('URGENT');
  await form.locator('input[name="message"]').fill('look at the bearing');
  const target = form.locator('input[name="write.channel"]');
  await target.fill('nowhere/nothing');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(form.getByRole('status')).toContainText('write.channel');
  expect((await rest.get<{ pid: string }[]>('/api/v1/rules')).map((r) => r.pid)).not.toContain(pid);
  await target.fill('');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(admin.getByRole('heading', { name: pid })).toBeVisible();
  await eventually(async () => (await rule(rest)).active).toBe(true);
  expect((await rule(rest)).when).toBe(`[${name}] > 5`);
  const shown = admin.getByRole('region', { name: pid });
  await expect(shown).toContainText('active since');
  await expect(shown).toContainText('last fired');
});

test('an alarm is acknowledged with a comment, shelved and brought back, and the journal says who', async ({
  admin,
  rest,
}) => {
  await admin.goto('/console/alarms');
  const line = admin.getByRole('list', { name: 'Alarms' }).getByRole('listitem').filter({ hasText: pid });
  await expect(line).toContainText('unacknowledged');
  await expect(line).toContainText('look at the bearing');
  const waiting = async () =>
    (await rest.get<{ alarms: { state: string }[] }>('/api/v1/alarms')).alarms.filter((a) =>
      a.state.endsWith('UNACKNOWLEDGED'),
    ).length;
  expect(await waiting()).toBe(1);
  await expect(admin.getByRole('link', { name: '1 unacknowledged' })).toBeVisible();
  const act = async (operation: string, comment: string) => {
    await line.getByRole('button', { name: `${operation} ${pid}`, exact: true }).click();
    const box = admin.getByRole('dialog');
    await box.getByLabel('Comment').fill(comment);
    await box.getByRole('button', { name: 'Confirm' }).click();
    await expect(box).toBeHidden();
  };
  await act('Acknowledge', 'on my way');
  expect(await alarm(rest)).toMatchObject({ state: 'ACKNOWLEDGED', by: 'admin', comment: 'on my way' });
  await expect(admin.getByRole('link', { name: /\d unacknowledged/ })).toHaveCount(0);
  await act('Shelve', 'until the spare part comes');
  expect(await alarm(rest)).toMatchObject({ state: 'SHELVED', comment: 'until the spare part comes' });
  await expect(line.getByText('Off')).toBeVisible();
  await act('Unshelve', '');
  expect(await alarm(rest)).toMatchObject({ state: 'ACKNOWLEDGED' });
  const journal = admin.getByRole('region', { name: 'Journal' });
  await expect(
    journal.getByRole('listitem').filter({ hasText: pid }).filter({ hasText: 'until the spare part comes' }),
  ).toContainText('admin');
  // what happens meanwhile comes by itself
  await set(rest, 0);
  await expect(line).toHaveCount(0);
  await expect(journal.getByRole('listitem').first()).toContainText('cleared');
});

test('who may only look sees alarms without a way to act, and no rules', async ({ page, rest }) => {
  await set(rest, 9);
  await eventually(async () => (await alarm(rest))?.state).toBe('UNACKNOWLEDGED');
  await watcher(rest);
  await enter(page, 'alarmwatch', 'only looks at alarms');
  await page.goto('/console/alarms');
  await expect(page.getByRole('list', { name: 'Alarms' }).getByRole('listitem')).toContainText([pid]);
  await expect(page.getByRole('button', { name: /Acknowledge|Shelve/ })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Rules' })).toHaveCount(0);
  const theirs = await Rest.as('alarmwatch', 'only looks at alarms');
  await expect(theirs.post(`/api/v1/alarms/${pid}/acknowledge`, {})).rejects.toThrow('403');
});

test('a rule is changed and deleted', async ({ admin, rest }) => {
  await set(rest, 0);
  await eventually(async () => (await alarm(rest))?.active).toBe(false);
  await admin.goto(`/console/rules?pid=${pid}`);
  const form = admin.getByRole('form', { name: pid });
  await form.locator('input[name="on.delay.ms"]').fill('1500');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(form.getByRole('status')).toContainText('Applied.');
  await eventually(() => rest.property(pid, 'on.delay.ms')).toBe(1500);
  await admin.getByRole('button', { name: 'Delete', exact: true }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
  await eventually(async () => (await rest.get<{ pid: string }[]>('/api/v1/rules')).map((r) => r.pid)).not.toContain(
    pid,
  );
});

async function watcher(rest: Rest): Promise<void> {
  await rest.post('/services/identity/v2/identities', { name: 'alarmwatch' });
  await rest.call('PUT', '/services/identity/v2/identities', {
    identity: { name: 'alarmwatch' },
    passwordConfiguration: {
      passwordAuthEnabled: true,
      passwordChangeNeeded: false,
      password: 'only looks at alarms',
    },
    permissionConfiguration: { permissions: [{ name: 'role.view' }] },
  });
}
