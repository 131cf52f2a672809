import { post } from '../../api/client';
import { imported } from '../../api/tables';
import { operate } from '../alarms/api';
import { apply, create, remove } from '../configuration/api';
import { arrived, asTable } from '../devices/guide';
import { applyFlow, deleteFlow, makeFlow } from '../flows/api';
import type { Graph } from '../flows/model';
import { removeRule, saveRule } from '../rules/api';

/** A tank whose values the toy driver invents, so that nothing has to be connected: all names of what is made. */
export const sample = {
  driver: 'sample-plant',
  asset: 'sample-tank',
  rule: 'sample-high-level',
  flow: 'sample',
  timer: 'sample-timer',
  log: 'sample-log',
} as const;

const head = ['asset', 'driver.pid', 'name', 'type', 'value.type', 'address', 'unit', 'scale', 'offset'];
/** The level swings between 0 and 100 % in two minutes. */
const channels = [
  ['level', 'READ', 'DOUBLE', 'sine/120000/50', '%', '1', '50'],
  ['temperature', 'READ', 'DOUBLE', 'walk/temperature', '°C', '1', '20'],
  ['pump-speed', 'READ_WRITE', 'INTEGER', 'setpoint/pump-speed', '%', '', ''],
  ['cycles', 'READ', 'LONG', 'counter/cycles', '', '', ''],
];

/** Each ten seconds the tank is read and written to the log. */
const graph = (): Graph => {
  const part = (pid: string, inputs: number, outputs: number, x: number) => ({
    pid,
    inputs,
    outputs,
    x,
    y: 0,
    inputNames: {},
    outputNames: {},
  });
  return {
    parts: [
      {
        ...part(sample.timer, 0, 1, 0),
        make: {
          factoryPid: 'org.eclipse.kura.wire.Timer',
          properties: { 'simple.interval': { type: 'INTEGER', value: 10 } },
        },
      },
      part(sample.asset, 1, 1, 240),
      {
        ...part(sample.log, 1, 0, 480),
        make: {
          factoryPid: 'org.eclipse.kura.wire.Logger',
          properties: { 'log.verbosity': { type: 'STRING', value: 'VERBOSE' } },
        },
      },
    ],
    wires: [
      { emitter: sample.timer, emitterPort: 0, receiver: sample.asset, receiverPort: 0 },
      { emitter: sample.asset, emitterPort: 0, receiver: sample.log, receiverPort: 0 },
    ],
  };
};

/** Makes the sample; the configuration of before is kept as a snapshot. What was made is told step by step. */
export async function makeSample(words: { snapshot: string; message: string }, step: (made: string) => void) {
  await post('/api/v1/snapshots', { name: words.snapshot });
  await create(sample.driver, 'org.penstock.driver.template');
  await arrived(sample.driver);
  step(sample.driver);
  const rows = channels.map((c) => [sample.asset, sample.driver, ...c]);
  const { problems } = await imported(asTable([head, ...rows]), {});
  if (problems[0]) throw new Error(`${problems[0].column}: ${problems[0].problem}`);
  await apply(sample.asset, { 'poll.interval.ms': { type: 'LONG', value: 1000 } });
  step(sample.asset);
  const { faults } = await saveRule(sample.rule, {
    when: `[${sample.asset}/level] > 80`,
    alarm: 'FOLLOW',
    priority: 'MEDIUM',
    message: words.message,
  });
  if (faults[0]) throw new Error(`${faults[0].key}: ${faults[0].message}`);
  step(sample.rule);
  await makeFlow(sample.flow);
  await applyFlow(sample.flow, graph());
  step(sample.flow);
}

/** Takes away whatever of the sample is there. */
export async function removeSample(there: ReadonlySet<string>): Promise<void> {
  if (there.has(sample.flow)) await deleteFlow(sample.flow);
  if (there.has(sample.rule)) {
    await removeRule(sample.rule);
    await operate(sample.rule, 'acknowledge', '', 0).catch(() => undefined); // if it has come: nobody would look at it
  }
  for (const pid of [sample.asset, sample.driver]) if (there.has(pid)) await remove(pid);
}
