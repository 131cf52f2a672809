import { eventually, expect, test } from './stage';

interface Health {
  states: Record<string, { level: string; figures: Record<string, number | string> }>;
}

test('health is seen at a glance, and agrees with what the gateway says', async ({ admin, rest }) => {
  await admin.goto('/console/');
  const facts = admin.locator('.facts');
  const fact = (name: string) => facts.locator('.fact').filter({ hasText: name }).locator('dd');
  const { states } = await rest.get<Health>('/health');
  const online = Object.entries(states).filter(
    ([name, s]) => name.startsWith('driver/') && s.figures['link'] === 'online',
  );
  await expect(fact('Links')).toContainText(`${online.length} online`);
  await expect(fact('Clouds')).toContainText(/\d+ of \d+ connected/);
  await expect(fact('Outbox')).toContainText(/empty|waiting/);
  await expect(fact('Processor')).toHaveText(/^\d+ %$/);
  await expect(fact('Memory')).toHaveText(/^[\d.,]+ MiB of [\d.,]+ MiB$/);
  await expect(fact('Disk')).toHaveText(/^[\d.,]+ [MGT]iB of [\d.,]+ [GT]iB free$/);
  const { started } = await rest.get<{ started: string }>('/api/v1/gateway');
  const local = (text: string) => admin.evaluate((iso) => new Date(iso).toLocaleString(), text);
  await expect(fact('Started')).toHaveText(await local(started));
  const expires = String(states['console/rest']?.figures['certificate.expires']);
  const date = await admin.evaluate((iso) => new Date(iso).toLocaleDateString(), expires);
  await expect(fact('Certificate')).toContainText(`until ${date}`);
});

test('what is abnormal stands first with its reason, and who changed what stands below', async ({ admin, rest }) => {
  const pid = 'e2e-unplugged';
  await rest.post('/services/configuration/v2/factoryComponents', {
    configs: [
      {
        pid,
        factoryPid: 'org.penstock.driver.modbus',
        properties: { host: { type: 'STRING', value: '127.0.0.1' }, port: { type: 'INTEGER', value: 1 } },
      },
    ],
    takeSnapshot: true,
  });
  await rest.table(
    [
      'asset,driver.pid,name,type,value.type,unit.id,primary.table,memory.address,data.type',
      `${pid}-asset,${pid},speed,READ,INTEGER,1,HOLDING_REGISTERS,0,UINT16`,
    ].join('\n'),
  );
  await rest.call('PATCH', `/api/v1/configurations/${pid}-asset`, {
    properties: { 'poll.interval.ms': { type: 'LONG', value: 1000 } },
  });
  await admin.goto('/console/');
  const abnormal = admin.getByRole('region', { name: 'Abnormal' });
  const card = abnormal.getByRole('article').filter({ hasText: `driver/modbus/${pid}` });
  await expect(card).toContainText(/refused/i, { timeout: 60_000 });
  await expect(card).toContainText('since');
  const lately = admin.getByRole('region', { name: 'What changed lately, and by whom' });
  const made = lately.getByRole('listitem').filter({ hasText: `createFactoryConfiguration` }).filter({ hasText: pid });
  await expect(made.first()).toContainText('admin');
  await rest.post('/services/configuration/v2/configurableComponents/configurations/byPid', { pids: [pid] });
  await rest.call('PATCH', `/api/v1/configurations/${pid}-asset`, {
    properties: { 'poll.interval.ms': { type: 'LONG', value: 2000 } },
  });
  await expect(
    lately.getByRole('listitem').filter({ hasText: `PATCH /api/v1/configurations/${pid}-asset` }),
  ).toHaveCount(2);
  await expect(lately).not.toContainText('byPid'); // who only asks changes nothing
  await rest.call('DELETE', '/services/configuration/v2/factoryComponents/byPid', {
    pids: [`${pid}-asset`, pid],
    takeSnapshot: true,
  });
  await eventually(async () =>
    Object.keys((await rest.get<Health>('/health')).states).some((name) => name.includes(pid)),
  ).toBe(false);
  await expect(card).toHaveCount(0);
});
