// zigbee-herdsman driven by lines of words: each is answered by one line "ok ..." or "error ...", in the order in
// which they end; events come between as "event ...". Debug messages go to standard error when DEBUG_HERDSMAN is set.
'use strict';
const path = require('node:path');
const readline = require('node:readline');
const {Controller, setLogger} = require('zigbee-herdsman');

const log = (level) => (message, namespace) => {
  if (process.env.DEBUG_HERDSMAN || level === 'error') {
    process.stderr.write(`${Date.now() % 1000000} ${level} ${namespace} ${typeof message === 'function' ? message() : message}\n`);
  }
};
setLogger({debug: log('debug'), info: log('info'), warning: log('warning'), error: log('error')});

const counting = Boolean(process.env.COUNT_HERDSMAN); // messages are counted, not told: the bench
let messages = 0;
const say = (line) => process.stdout.write(line + '\n');
let controller;

const device = (ieee) => {
  const found = controller.getDeviceByIeeeAddr(ieee);
  if (!found) throw new Error(`no device ${ieee}`);
  return found;
};
const endpoint = (ieee, id) => device(ieee).getEndpoint(Number(id));
const own = () => controller.getDevicesByType('Coordinator')[0].getEndpoint(1);
const json = (text) => JSON.parse(text ?? '{}');
const describe = (d) => ({
  type: d.type,
  state: d.interviewState,
  manufacturer: d.manufacturerName,
  model: d.modelID,
  code: d.manufacturerID,
  power: d.powerSource,
  endpoints: d.endpoints.map((e) => ({id: e.ID, device: e.deviceID, in: e.inputClusters, out: e.outputClusters})),
});

function listen() {
  controller.on('deviceJoined', (e) => say(`event joined ${e.device.ieeeAddr}`));
  controller.on('deviceInterview', (e) => say(`event interview ${e.device.ieeeAddr} ${e.status}`));
  controller.on('deviceAnnounce', (e) => say(`event announce ${e.device.ieeeAddr} ${e.device.networkAddress}`));
  controller.on('deviceLeave', (e) => say(`event leave ${e.ieeeAddr}`));
  controller.on('adapterDisconnected', () => say('event disconnected'));
  controller.on('message', (e) => {
    messages++;
    if (counting) return;
    say(`event message ${e.device.ieeeAddr} ${e.endpoint.ID} ${e.cluster} ${e.type} ${JSON.stringify(e.data)}`);
  });
}

const commands = {
  async start(adapter, port, folder) {
    controller = new Controller({
      network: {
        panID: 0x1a62,
        extendedPanID: [0xdd, 0xdd, 0xdd, 0xdd, 0xdd, 0xdd, 0xdd, 0xdd],
        channelList: [15],
        networkKey: [1, 3, 5, 7, 9, 11, 13, 15, 0, 2, 4, 6, 8, 10, 12, 13],
      },
      databasePath: path.join(folder, 'database.db'),
      databaseBackupPath: path.join(folder, 'database.db.backup'),
      backupPath: path.join(folder, 'backup.json'),
      serialPort: {path: port, adapter},
      adapter: {disableLED: false},
      acceptJoiningDeviceHandler: async () => true,
    });
    listen();
    return controller.start();
  },
  stop: () => controller.stop(),
  permit: (seconds) => controller.permitJoin(Number(seconds)),
  installcode: (code) => controller.addInstallCode(code),
  network: () => controller.getNetworkParameters(),
  version: () => controller.getCoordinatorVersion(),
  backup: () => controller.backup(),
  describe: (ieee) => describe(device(ieee)),
  messages: () => messages,
  interviewed: () => controller.getDevices().filter((d) => d.interviewState === 'SUCCESSFUL' && d.type !== 'Coordinator').length,
  devices: () => controller.getDevices().length,
  command: (ieee, id, cluster, command, payload) => endpoint(ieee, id).command(cluster, command, json(payload)),
  read: (ieee, id, cluster, ...names) => endpoint(ieee, id).read(cluster, names),
  write: (ieee, id, cluster, payload) => endpoint(ieee, id).write(cluster, json(payload)),
  bind: (ieee, id, cluster) => endpoint(ieee, id).bind(cluster, own()),
  unbind: (ieee, id, cluster) => endpoint(ieee, id).unbind(cluster, own()),
  bindings: (ieee) => device(ieee).bindingTable(),
  reporting: (ieee, id, cluster, attribute, min, max, change) =>
    endpoint(ieee, id).configureReporting(cluster, [
      {
        attribute,
        minimumReportInterval: Number(min),
        maximumReportInterval: Number(max),
        reportableChange: Number(change),
      },
    ]),
  async group(id, ...ieees) {
    const group = controller.createGroup(Number(id));
    for (const ieee of ieees) await endpoint(ieee, 1).addToGroup(group);
  },
  tell: (id, cluster, command, payload) => controller.getGroupByID(Number(id)).command(cluster, command, json(payload)),
  neighbours: (ieee) => device(ieee).lqi(),
  routes: (ieee) => device(ieee).routingTable(),
  leave: (ieee) => device(ieee).removeFromNetwork(),
};

readline.createInterface({input: process.stdin}).on('line', async (line) => {
  const [name, ...words] = line.split(' ');
  try {
    const result = await commands[name](...words);
    say(`ok ${name} ${result === undefined ? '' : JSON.stringify(result)}`.trim());
  } catch (e) {
    say(`error ${name} ${e.message}`);
  }
}).on('close', () => process.exit(0));
say('ready');
