// A line in, a line out: "D <base64>" gives the payload as JSON, "E <json>" gives base64.
const codec = require('sparkplug-payload').get('spBv1.0')
const shown = (key, value) => {
  if (value && typeof value === 'object' && 'low' in value && 'high' in value) {
    return Number(value)
  }
  return value && value.type === 'Buffer' ? Buffer.from(value.data).toString('base64') : value
}
require('readline')
  .createInterface({ input: process.stdin })
  .on('line', (line) => {
    try {
      const rest = line.substring(2)
      console.log(
        line[0] === 'D'
          ? JSON.stringify(codec.decodePayload(Buffer.from(rest, 'base64')), shown)
          : Buffer.from(codec.encodePayload(JSON.parse(rest))).toString('base64'),
      )
    } catch (e) {
      console.log(JSON.stringify({ error: String(e) }))
    }
  })
