import type { Page } from '@playwright/test';
import { axe } from './axe';
import { eventually, expect, Rest, stage, test } from './stage';

/** Each page, and what shows that it has come. */
const pages: Record<string, { path: string; seen: (page: Page) => ReturnType<Page['locator']> }> = {
  overview: { path: '', seen: (p) => p.locator('.card') },
  devices: { path: 'devices', seen: (p) => p.locator('.tree li') },
  'new-device': { path: 'devices/new', seen: (p) => p.locator('.form option').nth(1) },
  flows: { path: 'flows', seen: (p) => p.locator('.palette .item') },
  rules: { path: 'rules?pid=e2e-picture', seen: (p) => p.locator('.verdict b') },
  alarms: { path: 'alarms', seen: (p) => p.locator('.alarm') },
  lorawan: { path: 'lorawan', seen: (p) => p.locator('main .rows .row') },
  zigbee: { path: 'zigbee', seen: (p) => p.locator('.mapframe circle') },
  security: { path: 'security', seen: (p) => p.locator('main .rows .row') },
  tags: { path: 'tags', seen: (p) => p.locator('.grid th') },
  cloud: { path: 'cloud', seen: (p) => p.locator('.form select') },
  packages: { path: 'packages', seen: (p) => p.locator('main h2') },
  configuration: { path: 'configuration', seen: (p) => p.locator('.rows a') },
  snapshots: { path: 'snapshots', seen: (p) => p.locator('main h1') },
  system: { path: 'system', seen: (p) => p.getByRole('button', { name: 'Support bundle' }) },
  start: { path: 'start', seen: (p) => p.getByRole('button', { name: 'Make the sample' }) },
  archive: { path: 'archive', seen: (p) => p.getByRole('form', { name: 'Export' }) },
};

/** A rule and a map to be looked at; the alarm is what 55-rules has left. */
test.beforeAll(async () => {
  const rest = await Rest.as('admin', stage.password);
  await rest.call('PUT', '/api/v1/rules/e2e-picture', { properties: { when: 'hour() == 6' } });
  const [network] = await rest.get<{ pid: string }[]>('/api/v1/zigbee');
  if (!network) return; // 58-zigbee was left out
  await eventually(async () => (await rest.get<{ state: string }[]>('/api/v1/zigbee'))[0]?.state).toBe('ONLINE');
  await rest.post('/api/v1/jobs', { kind: `zigbee.map:${network.pid}`, arguments: {} });
  await eventually(
    async () => (await rest.get<{ links: unknown[] }>(`/api/v1/zigbee/${network.pid}/map`)).links.length,
  ).toBeGreaterThan(0);
});

for (const [name, { path, seen }] of Object.entries(pages))
  test(`${name} is accessible in both schemes, fits 390 to 2560 px and is kept as pictures`, async ({ admin }) => {
    await admin.goto(`/console/${path}`);
    await expect(seen(admin).first()).toBeAttached();
    const found: string[] = [];
    for (const width of [1440, 390])
      for (const colorScheme of ['light', 'dark'] as const) {
        await admin.setViewportSize({ width, height: width === 390 ? 844 : 900 });
        await admin.emulateMedia({ colorScheme });
        await expect(admin.locator(`html[data-mantine-color-scheme=${colorScheme}]`)).toBeAttached();
        await admin.screenshot({ path: `${stage.shots}/${name}-${colorScheme}-${width}.png` });
        for (const fault of await axe(admin)) found.push(`${colorScheme} ${width}: ${fault}`);
        found.push(...(await wide(admin)));
      }
    await admin.setViewportSize({ width: 2560, height: 1440 });
    found.push(...(await wide(admin)));
    expect(found).toEqual([]);
  });

/** What is wider than the window. */
const wide = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document.documentElement.scrollWidth > innerWidth
      ? [`${innerWidth} px: the page is ${document.documentElement.scrollWidth} px wide`]
      : [],
  );
