import { describe, expect, it } from 'vitest';
import { bytes, gatewayState } from './api';
import { codecsOf, textOf, withCodec } from './codecs';
import { rowOf } from './row';

const text = `== pump fields
temperature int16 0 0.1 -40

== pump tests
1 ffff {"temperature": -40.1}
== meter javascript
function decodeUplink(input) {
  return { data: { same: 1 == 1 } };
}
`;

/** Without it an edited codec could lose its tests, or another codec. */
describe('the text of codecs', () => {
  it('is taken apart by name', () => {
    expect(codecsOf(text)).toEqual([
      {
        name: 'pump',
        kind: 'fields',
        source: 'temperature int16 0 0.1 -40',
        tests: '1 ffff {"temperature": -40.1}',
      },
      {
        name: 'meter',
        kind: 'javascript',
        source: 'function decodeUplink(input) {\n  return { data: { same: 1 == 1 } };\n}',
        tests: '',
      },
    ]);
  });

  it('survives being put together again, with one codec changed in its place', () => {
    const codecs = codecsOf(text);
    expect(codecsOf(textOf(codecs))).toEqual(codecs);
    const changed = withCodec(codecs, { name: 'pump', kind: 'fields', source: 'x uint8 0', tests: '' });
    expect(changed.map((c) => c.name)).toEqual(['pump', 'meter']);
    expect(textOf(changed)).toContain('== pump fields\nx uint8 0\n== meter javascript\n');
    expect(withCodec(codecs, { name: 'new', kind: 'fields', source: '', tests: '' })).toHaveLength(3);
  });
});

describe('a gateway', () => {
  it('that is silent is an alarm, one that can not be reached a warning', () => {
    expect(gatewayState({ quietMs: 1000, reachable: true })).toBe('ok');
    expect(gatewayState({ quietMs: 1000, reachable: false })).toBe('warn');
    expect(gatewayState({ quietMs: 100_000, reachable: true })).toBe('alarm');
  });
});

/** Without it bytes as people paste them would be refused, or half a byte be sent. */
describe('bytes', () => {
  it('are pairs of digits, however they are set apart', () => {
    expect(bytes('0A:0b 0c')).toBe('0a0b0c');
    expect(bytes('')).toBe('');
    expect(bytes('0a0')).toBeUndefined();
    expect(bytes('xy')).toBeUndefined();
  });
});

describe('a device as a row of a table', () => {
  const device = { devEui: '70b3d57ed0000001', name: 'a "b", c', classC: true, appKey: 'k', joinEui: '' };
  it('has the columns of its activation, and its name as it is', () => {
    expect(rowOf({ ...device, abp: false, devAddr: '', nwkSKey: '', appSKey: '' })).toBe(
      'dev_eui,name,class_c,join_eui,app_key\n70b3d57ed0000001,"a ""b"", c",true,,k\n',
    );
    expect(rowOf({ ...device, abp: true, devAddr: '26011bda', nwkSKey: 'n', appSKey: 's' })).toBe(
      'dev_eui,name,class_c,dev_addr,nwk_s_key,app_s_key\n70b3d57ed0000001,"a ""b"", c",true,26011bda,n,s\n',
    );
  });
});
