import { expect, it } from 'vitest';
import { changeOf } from './changes';

/** Without it who only looked would stand among those who changed something, or a change not be seen. */
it('tells who changed what, and leaves out what changed nothing', () => {
  expect(
    changeOf('{entrypoint=RestService, identity=anna} ConfigurationService - deleteFactoryConfiguration pump'),
  ).toEqual({ who: 'anna', what: 'ConfigurationService - deleteFactoryConfiguration pump' });
  expect(changeOf('{entrypoint=Internal} Deployment - installed lamp')?.who).toBe('Internal');
  expect(changeOf('127.0.0.1 anna PUT /api/v1/rules/hot 200')).toEqual({ who: 'anna', what: 'PUT /api/v1/rules/hot' });
  expect(changeOf('[0:0:0:0:0:0:0:1] anna POST /api/v1/channels/_edit 200')?.who).toBe('anna');
  for (const line of [
    '127.0.0.1 anna POST /services/configuration/v2/configurableComponents/configurations/byPid 200',
    '127.0.0.1 - POST /services/session/v1/login/password 200',
    '127.0.0.1 anna PUT /api/v1/rules/hot 403',
    'something else',
  ])
    expect(changeOf(line), line).toBeUndefined();
});
