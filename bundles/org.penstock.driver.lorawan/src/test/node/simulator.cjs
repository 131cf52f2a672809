// Virtual LoRaWAN devices (EU868) and packet forwarders for tests.
//
//   node simulator.cjs <udp port> <AppKey> <DevEUI> [<DevEUI>...]
//
// Commands by lines on stdin: gateways <n> | station <url> <token> | join <device> | rejoin <device> | up <device> <port> <hex>
// | confirmed <device> <port> <hex> | adr <device> <port> <hex> | skewed <device> <port> <hex> <ms between gateways>
// | replay <device> | forge <device> | burst <frames> <per second> | abp <device> <DevAddr> <NwkSKey> <AppSKey>
// | abps <first DevAddr> <key>
// | counter <device> <next> | rate <data rate> <SNR> | clock <microseconds> | refuse <error> | raw <hex> | datagram <hex>.
// A device is named by its place in the list, from 0. What happens is told by lines on stdout.
const dgram = require('node:dgram')
const readline = require('node:readline')
const lora = require('lora-packet')
const WebSocket = require('ws')

const [port, appKeyText, ...euis] = process.argv.slice(2)
const appKey = Buffer.from(appKeyText, 'hex')
const CLOCK = 2 ** 32
const JIT_LEAD = 40_000
const JIT_HORIZON = 512_000_000
const JIT_PLACES = 32
const WINDOW = 20_000
const tell = (...words) => console.log(words.join(' '))

class Gateway {
  constructor(index) {
    this.eui = Buffer.from('aa555a00000002' + index.toString(16).padStart(2, '0'), 'hex')
    this.offset = BigInt(index * 1_000_003_111 + 4_000_000_000) // clocks differ, and the first wraps soon
    this.snr = 5 + 3 * index
    this.queue = []
    this.push = dgram.createSocket('udp4')
    this.pull = dgram.createSocket('udp4')
    this.pull.on('message', (message) => this.heard(message))
    this.pulling = setInterval(() => this.keepAlive(), 1000)
    this.keepAlive()
  }

  close() {
    clearInterval(this.pulling)
    this.pull.close()
    this.push.close()
  }

  // Sets its clock.
  set(micros) {
    this.offset = 0n
    this.offset = BigInt(micros - this.clock() + 2 * CLOCK)
  }

  clock() {
    return Number((process.hrtime.bigint() / 1000n + this.offset) % BigInt(CLOCK))
  }

  keepAlive() {
    this.pull.send(Buffer.concat([Buffer.from([2, 0, 1, 2]), this.eui]), port, '127.0.0.1')
  }

  forward(phy) {
    const tmst = this.clock()
    const rxpk = [{
      tmst, freq: 868.1, chan: 0, rfch: 1, stat: 1, modu: 'LORA', datr: air.rate, codr: '4/5',
      rssi: -60, lsnr: air.snr ?? this.snr, size: phy.length, data: phy.toString('base64')
    }]
    const json = Buffer.from(JSON.stringify({ rxpk }))
    this.push.send(Buffer.concat([Buffer.from([2, 0, 2, 0]), this.eui, json]), port, '127.0.0.1')
    return tmst
  }

  heard(message) {
    if (message[3] !== 3) return
    const { txpk } = JSON.parse(message.subarray(4))
    const error = refusals.shift() ?? this.refusal(txpk)
    const json = error ? Buffer.from(JSON.stringify({ txpk_ack: { error } })) : Buffer.alloc(0)
    const head = Buffer.from([2, message[1], message[2], 5])
    this.pull.send(Buffer.concat([head, this.eui, json]), port, '127.0.0.1')
    if (error) tell('refused', error)
    else devices.forEach((device) => device.listen(this, txpk))
  }

  // The rules of a packet forwarder's queue.
  refusal(txpk) {
    if (txpk.imme) return ''
    const now = this.clock()
    const lead = (txpk.tmst - now + CLOCK) % CLOCK
    if (lead < JIT_LEAD || lead > CLOCK / 2) return 'TOO_LATE'
    if (lead > JIT_HORIZON) return 'TOO_EARLY'
    this.queue = this.queue.filter((at) => (at - now + CLOCK) % CLOCK < CLOCK / 2)
    if (this.queue.length >= JIT_PLACES) return 'TOO_EARLY'
    if (this.queue.some((at) => Math.abs(at - txpk.tmst) < 1000)) return 'COLLISION_PACKET'
    this.queue.push(txpk.tmst)
    return ''
  }
}

// A Basics Station, written from the protocol's facts: asks for its server, takes its channels, splits what it hears,
// and chooses the window of what it is told to send. Numbers above 2^53 travel as text put into the JSON.
class Station {
  constructor(url, token) {
    this.eui = 'b827:ebff:fe12:3456'
    this.session = 0x42n << 48n
    this.options = { rejectUnauthorized: false, headers: { Authorization: token } }
    this.rates = []
    const asks = new WebSocket(url + '/router-info', this.options)
    asks.on('open', () => asks.send(JSON.stringify({ router: this.eui })))
    asks.on('message', (text) => {
      asks.close()
      this.connect(JSON.parse(text).uri)
    })
    asks.on('close', (code) => {
      if (code !== 1008) return
      gateways.splice(gateways.indexOf(this), 1)
      tell('station refused')
    })
    asks.on('error', (error) => tell('station error', error.message))
  }

  connect(uri) {
    this.socket = new WebSocket(uri, this.options)
    this.socket.on('open', () => this.socket.send(JSON.stringify({ msgtype: 'version', station: '2.0.6', model: 'simulated', protocol: 2 })))
    this.socket.on('message', (text) => this.told(text.toString()))
    this.socket.on('close', () => tell('station closed'))
    this.socket.on('error', (error) => tell('station error', error.message))
  }

  close() {
    this.socket?.close()
  }

  micros() {
    return process.hrtime.bigint() / 1000n & 0xffff_ffff_ffffn
  }

  forward(phy) {
    const xtime = this.session | this.micros()
    const head = phy[0] === 0
      ? { msgtype: 'jreq', MHdr: 0, JoinEui: this.dashed(phy, 1), DevEui: this.dashed(phy, 9), DevNonce: phy.readUInt16LE(17) }
      : this.split(phy)
    const message = { ...head, MIC: phy.readInt32LE(phy.length - 4), DR: 5, Freq: 868100000,
      upinfo: { rctx: 1, xtime: '@', gpstime: 0, rssi: -60, snr: 9 } }
    this.socket.send(JSON.stringify(message).replace('"@"', xtime.toString()))
    return Number(xtime & 0xffff_ffffn)
  }

  dashed(phy, from) {
    return [...phy.subarray(from, from + 8)].reverse().map((byte) => byte.toString(16).padStart(2, '0')).join('-')
  }

  split(phy) {
    const options = phy[5] & 15
    const port = 8 + options
    const end = phy.length - 4
    return { msgtype: 'updf', MHdr: phy[0], DevAddr: phy.readInt32LE(1), FCtrl: phy[5], FCnt: phy.readUInt16LE(6),
      FOpts: phy.subarray(8, port).toString('hex'), FPort: port < end ? phy[port] : -1,
      FRMPayload: port < end ? phy.subarray(port + 1, end).toString('hex') : '' }
  }

  told(text) {
    const message = JSON.parse(text)
    if (message.msgtype === 'router_config') {
      this.rates = message.DRs
      tell('station ready', message.region)
    } else if (message.msgtype === 'dnmsg') {
      this.transmit(message, BigInt(/"xtime":(\d+)/.exec(text)?.[1] ?? 0))
    }
  }

  transmit(message, xtime) {
    const rx1 = (xtime & 0xffff_ffff_ffffn) + BigInt(Math.max(1, message.RxDelay ?? 1)) * 1_000_000n
    let at = rx1
    let [rate, freq] = [message.RX1DR, message.RX1Freq]
    if (freq === undefined || rx1 - this.micros() < 20_000n) {
      at = rx1 + 1_000_000n
      ;[rate, freq] = [message.RX2DR, message.RX2Freq]
    }
    const late = message.dC === 0 && at - this.micros() < 20_000n
    if (freq === undefined || late) return tell('refused', 'TOO_LATE')
    const [factor, width] = this.rates[rate]
    const txpk = { tmst: Number(at & 0xffff_ffffn), freq: freq / 1e6, datr: 'SF' + factor + 'BW' + width, ipol: true,
      data: Buffer.from(message.pdu, 'hex').toString('base64') }
    devices.forEach((device) => device.listen(this, txpk))
    this.socket.send(JSON.stringify({ msgtype: 'dntxed', diid: message.diid, DevEui: message.DevEui, DR: rate, Freq: freq }))
  }
}

class Device {
  constructor(index, eui) {
    this.index = index
    this.eui = Buffer.from(eui, 'hex')
    this.nonce = 0x1000 + index
    this.down = -1
    this.heardAt = new Map()
  }

  send(phy) {
    this.last = phy
    this.heardAt.clear()
    for (const gateway of gateways) this.heardAt.set(gateway, gateway.forward(phy))
  }

  join(again) {
    if (!again) this.nonce++
    this.joining = true
    const fields = { MType: 'Join Request', AppEUI: Buffer.alloc(8), DevEUI: this.eui, DevNonce: this.nonceBytes() }
    this.send(lora.fromFields(fields, null, null, appKey).getPHYPayload())
  }

  nonceBytes() {
    return Buffer.from([this.nonce >> 8, this.nonce & 255])
  }

  data(confirmed, fPort, payload, adr = false) {
    const fields = {
      MType: confirmed ? 'Confirmed Data Up' : 'Unconfirmed Data Up',
      DevAddr: this.address, FCtrl: { ADR: adr, ACK: this.owesAck === true, ADRACKReq: false, FPending: false },
      FCnt: this.up & 0xffff, FPort: fPort, payload
    }
    if (this.owes) fields.FOpts = this.owes
    this.owes = undefined
    this.owesAck = false
    const high = Buffer.alloc(2)
    high.writeUInt16LE(this.up >>> 16) // as it stands in the blocks
    this.up++
    return lora.fromFields(fields, this.appSKey, this.nwkSKey, undefined, high).getPHYPayload()
  }

  // Opens its receive windows: time, frequency, data rate and polarity must fit.
  listen(gateway, txpk) {
    const heard = this.heardAt.get(gateway)
    if (txpk.imme && txpk.ipol && txpk.freq === 869.525 && txpk.datr === 'SF12BW125') {
      return this.receive('atonce', 0, Buffer.from(txpk.data, 'base64'), gateway)
    }
    if (heard === undefined || !txpk.ipol) return
    const delay = this.joining ? 5_000_000 : 1_000_000
    const places = [['rx1', delay, 868.1, air.rate], ['rx2', delay + 1_000_000, 869.525, 'SF12BW125']]
    for (const [name, micros, freq, datr] of places) {
      let off = (txpk.tmst - heard - micros + 2 * CLOCK) % CLOCK
      if (off > CLOCK / 2) off -= CLOCK
      if (Math.abs(off) < WINDOW && txpk.freq === freq && txpk.datr === datr) {
        this.receive(name, off, Buffer.from(txpk.data, 'base64'), gateway)
      }
    }
  }

  receive(window, off, phy, gateway) {
    const packet = lora.fromWire(phy)
    if (this.joining && packet.isJoinAcceptMessage()) {
      const clear = lora.fromWire(lora.decryptJoinAccept(packet, appKey))
      if (!lora.verifyMIC(clear, undefined, appKey)) return tell('forged', this.index)
      const keys = lora.generateSessionKeys10(appKey, clear.NetID, clear.AppNonce ?? clear.JoinNonce, this.nonceBytes())
      this.address = clear.DevAddr
      this.appSKey = keys.AppSKey
      this.nwkSKey = keys.NwkSKey
      this.up = 0
      this.down = -1
      this.joining = false
      return tell('joined', this.index, window, off, this.address.toString('hex'))
    }
    if (!this.address || !packet.DevAddr?.equals(this.address)) return
    if (!lora.verifyMIC(packet, this.nwkSKey)) return tell('forged', this.index)
    const count = packet.FCnt.readUInt16BE(0)
    if (count <= this.down) return tell('stale', this.index, count)
    this.down = count
    this.owesAck = packet.isConfirmed()
    const content = packet.FRMPayload ? lora.decrypt(packet, this.appSKey, this.nwkSKey).toString('hex') : '-'
    const control = packet.FCtrl[0]
    if (packet.FOpts?.length) {
      tell('mac', this.index, packet.FOpts.toString('hex'))
      if (packet.FOpts[0] === 3) this.owes = Buffer.from('0307', 'hex') // LinkADRAns: all three taken
    }
    tell('by', this.index, gateways.indexOf(gateway))
    tell('down', this.index, window, off, 'fcnt', count, 'ack', (control >> 5) & 1, 'pending', (control >> 4) & 1,
      'port', packet.FPort?.length ? packet.getFPort() : '-', 'data', content || '-')
  }
}

const air = { rate: 'SF7BW125', snr: undefined }
const refusals = []
const gateways = [new Gateway(0)]
const devices = euis.map((eui, index) => new Device(index, eui))

function burst(frames, perSecond) {
  const begin = process.hrtime.bigint()
  let sent = 0
  const timer = setInterval(() => {
    const due = Math.min(frames, Number(process.hrtime.bigint() - begin) / 1e9 * perSecond)
    for (; sent < due; sent++) {
      const device = devices[sent % devices.length]
      const payload = Buffer.alloc(4)
      payload.writeUInt32BE(sent)
      device.send(device.data(false, 2, payload))
    }
    if (sent >= frames) {
      clearInterval(timer)
      tell('burst', sent)
    }
  }, 5)
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const [command, which, ...rest] = line.split(' ')
  const device = devices[Number(which)]
  switch (command) {
    case 'gateways':
      while (gateways.length < Number(which)) gateways.push(new Gateway(gateways.length))
      while (gateways.length > Number(which)) {
        gateways.pop().close()
      }
      break
    case 'station':
      gateways.push(new Station(which, rest.join(' ')))
      break
    case 'join': device.join(false); break
    case 'rejoin': device.join(true); break
    case 'up': device.send(device.data(false, Number(rest[0]), Buffer.from(rest[1], 'hex'))); break
    case 'confirmed': device.send(device.data(true, Number(rest[0]), Buffer.from(rest[1], 'hex'))); break
    case 'adr': device.send(device.data(false, Number(rest[0]), Buffer.from(rest[1], 'hex'), true)); break
    case 'skewed': {
      const phy = device.data(false, Number(rest[0]), Buffer.from(rest[1], 'hex'))
      device.last = phy
      device.heardAt.clear()
      gateways.forEach((gateway, place) => setTimeout(() => {
        if (!gateways.includes(gateway)) return // switched off meanwhile
        const at = gateway.forward(phy)
        if (device.last === phy) device.heardAt.set(gateway, at)
      }, place * Number(rest[2])))
      break
    }
    case 'abp':
      device.address = Buffer.from(rest[0], 'hex')
      device.nwkSKey = Buffer.from(rest[1], 'hex')
      device.appSKey = Buffer.from(rest[2], 'hex')
      device.up = 0
      device.down = -1
      break
    case 'abps': // all of them: addresses from this one on, the same keys
      devices.forEach((each, place) => {
        each.address = Buffer.alloc(4)
        each.address.writeUInt32BE(parseInt(which, 16) + place)
        each.nwkSKey = each.appSKey = Buffer.from(rest[0], 'hex')
        each.up = 0
        each.down = -1
      })
      break
    case 'counter': device.up = Number(rest[0]); break
    case 'rate':
      air.rate = which
      air.snr = rest.length ? Number(rest[0]) : undefined
      break
    case 'clock': gateways[0].set(Number(which)); break
    case 'refuse': refusals.push(which); break
    case 'raw': gateways[0].forward(Buffer.from(which, 'hex')); break
    case 'datagram': gateways[0].push.send(Buffer.from(which, 'hex'), port, '127.0.0.1'); break
    case 'replay': device.send(device.last); break
    case 'forge': {
      const phy = device.data(false, 1, Buffer.from('beef', 'hex'))
      device.up--
      phy[phy.length - 1] ^= 1
      device.send(phy)
      break
    }
    case 'burst': burst(Number(which), Number(rest[0])); break
    default: tell('unknown', command)
  }
  tell('ok', line)
}).on('close', () => process.exit(0))
tell('ready')
