// node verify.cjs <file of frames in hexadecimal> <NwkSKey> <AppSKey>: how many frames lora-packet takes apart,
// verifies and deciphers in a second of CPU time.
const fs = require('node:fs')
const lora = require('lora-packet')

const frames = fs.readFileSync(process.argv[2], 'utf8').trim().split('\n').map((hex) => Buffer.from(hex, 'hex'))
const [nwkSKey, appSKey] = process.argv.slice(3).map((hex) => Buffer.from(hex, 'hex'))
let good = 0
const run = () => {
  good = 0
  for (const frame of frames) {
    const packet = lora.fromWire(frame)
    if (lora.verifyMIC(packet, nwkSKey)) good++
    lora.decrypt(packet, appSKey, nwkSKey)
  }
}
run()
const before = process.cpuUsage()
run()
const used = process.cpuUsage(before)
console.log(JSON.stringify({ perCore: Math.round(frames.length / ((used.user + used.system) / 1e6)), good }))
