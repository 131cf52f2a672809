import { eventually, expect, test } from './stage';

const pages = [
  '',
  'devices',
  'devices/new',
  'tags',
  'flows',
  'rules',
  'alarms',
  'lorawan',
  'zigbee',
  'cloud',
  'packages',
  'configuration',
  'snapshots',
  'security',
  'system',
  'start',
  'archive',
];

for (const path of pages)
  test(`every control of /${path} is reached by Tab and is seen to have the focus`, async ({ admin }) => {
    await admin.goto(`/console/${path}`);
    await expect(admin.locator('main h1, main .form').first()).toBeVisible();
    await admin.waitForLoadState('networkidle').catch(() => undefined);
    const count = await admin.evaluate(mark);
    expect(count).toBeGreaterThan(8);
    await admin.evaluate(() => document.getElementById('main')?.ownerDocument.body.focus());
    const missing = () => admin.evaluate(left);
    for (let i = 0; i < 2 * count && (await missing()).length > 0; i++) await admin.keyboard.press('Tab');
    expect(await missing()).toEqual([]);
    expect(await admin.evaluate(() => (window as unknown as Kept).unseen)).toEqual([]);
    expect(await admin.evaluate(pointerOnly)).toEqual([]);
  });

test('a rule is made, filled in and deleted without a pointer', async ({ admin, rest }) => {
  const rules = async () => (await rest.get<{ pid: string }[]>('/api/v1/rules')).map((r) => r.pid);
  await admin.goto('/console/rules');
  const press = async (name: string) => {
    await admin.getByRole('button', { name, exact: true }).first().focus();
    await admin.keyboard.press('Enter');
  };
  await expect(admin.getByRole('heading', { name: 'Rules' })).toBeVisible();
  await press('New rule');
  await admin.getByLabel('Name (pid)').focus();
  await admin.keyboard.type('e2e-keys');
  await admin.keyboard.press('Tab');
  await admin.keyboard.type('1 > 2 && ris');
  await admin.keyboard.press('ArrowDown');
  await admin.keyboard.press('Escape');
  await admin.keyboard.type('es(true)');
  await expect(admin.getByText('Now: false')).toBeVisible();
  await press('Apply');
  await eventually(rules).toContain('e2e-keys');
  await expect(admin.getByRole('heading', { name: 'e2e-keys' })).toBeVisible();
  await press('Delete');
  await admin.getByRole('dialog').getByRole('button', { name: 'Confirm' }).focus();
  await admin.keyboard.press('Enter');
  await eventually(rules).not.toContain('e2e-keys');
});

interface Kept {
  wanted: Element[];
  reached: Set<Element>;
  unseen: string[];
}

/** Notes all controls in sight, and from now on which of them had the focus, and whether that was seen. */
function mark(): number {
  const kept = window as unknown as Kept;
  const shown = (e: Element) => e.getClientRects().length > 0 && getComputedStyle(e).visibility === 'visible';
  const controls =
    'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled)';
  kept.wanted = [...document.querySelectorAll(controls)].filter((e) => shown(e) && !e.matches('[tabindex="-1"]'));
  kept.reached = new Set();
  kept.unseen = [];
  addEventListener('focusin', (event) => {
    const at = event.target as Element;
    kept.reached.add(at);
    const own = getComputedStyle(at);
    const near = at.parentElement && getComputedStyle(at.parentElement);
    const seen = own.outlineStyle !== 'none' || own.boxShadow !== 'none' || near?.outlineStyle !== 'none';
    const field = at.matches('input, textarea, select'); // their border changes colour
    const mark = at.parentElement?.querySelector(':scope > input + *'); // a switch or checkbox draws it beside
    if (!seen && !field && !mark) kept.unseen.push(at.outerHTML.slice(0, 120));
  });
  return kept.wanted.length;
}

/** Controls that are still there and did not have the focus. */
function left(): string[] {
  const { wanted, reached } = window as unknown as Kept;
  return wanted.filter((e) => e.isConnected && !reached.has(e)).map((e) => e.outerHTML.slice(0, 120));
}

/** What looks as if it could be clicked, and cannot be reached by keys. */
function pointerOnly(): string[] {
  const focusable = 'a[href], button, input, select, textarea, label, option, [tabindex]:not([tabindex="-1"])';
  return [...document.querySelectorAll('main *')]
    .filter((e) => getComputedStyle(e).cursor === 'pointer' && e.getClientRects().length > 0)
    .filter((e) => !e.closest(focusable) && !e.querySelector(focusable) && !e.parentElement?.querySelector('input'))
    .map((e) => e.outerHTML.slice(0, 120));
}
