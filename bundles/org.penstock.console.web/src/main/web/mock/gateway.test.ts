import { expect, it } from 'vitest';
import { answer } from './gateway.ts';

/** Without it `npm start` could show a login that leads nowhere, or pages without anything on them. */
it('answers what the pages ask first, and filters by what was asked', () => {
  expect(answer('GET', '/services/session/v1/currentIdentity', '')).toMatchObject({ permissions: ['kura.admin'] });
  for (const path of [
    '/health',
    '/api/v1/channels?limit=1000&offset=0',
    '/api/v1/rules',
    '/api/v1/flows/main',
    '/api/v1/zigbee',
  ])
    expect(answer('GET', path, ''), path).toBeDefined();
  const path = '/services/configuration/v2/configurableComponents/configurations/byPid';
  const one = answer('POST', path, '{"pids":["modbus-1"]}') as { configs: { pid: string }[] };
  expect(one.configs.map((c) => c.pid)).toEqual(['modbus-1']);
  expect(answer('GET', '/api/v1/nothing', '')).toBeUndefined();
  expect(answer('PUT', '/api/v1/channels/a/b/value', '{"value":1}')).toEqual({});
});
