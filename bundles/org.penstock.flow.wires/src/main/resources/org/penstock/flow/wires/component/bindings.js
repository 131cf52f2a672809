// What scripts of wires find: Kura's names for records and typed values.
var BOOLEAN = 'BOOLEAN', BYTE_ARRAY = 'BYTE_ARRAY', DOUBLE = 'DOUBLE', FLOAT = 'FLOAT';
var INTEGER = 'INTEGER', LONG = 'LONG', STRING = 'STRING';
var input, output, records, emitterPid;

function TypedValue(type, value, exact) {
  this.type = type;
  this.value = value;
  this.exact = exact;
}
TypedValue.prototype.getType = function () { return this.type };
TypedValue.prototype.getValue = function () { return this.value };
TypedValue.prototype.toString = function () { return String(this.value) };

function newBooleanValue(v) { return new TypedValue(BOOLEAN, !!v, null) }
function newDoubleValue(v) { return new TypedValue(DOUBLE, Number(v), null) }
function newFloatValue(v) { return new TypedValue(FLOAT, Math.fround(Number(v)), null) }
function newIntegerValue(v) { return new TypedValue(INTEGER, v | 0, null) }
function newStringValue(v) { return new TypedValue(STRING, String(v), null) }
function newLongValue(v) {
  var n = typeof v === 'string' ? Number(v) : v;
  n = n < 0 ? Math.ceil(n) : Math.floor(n);
  return new TypedValue(LONG, n, typeof v === 'string' ? v : null);
}
function newByteArrayValue(v) {
  var bytes = [];
  for (var i = 0; i < v.length; i++) bytes.push(v[i] << 24 >> 24);
  return new TypedValue(BYTE_ARRAY, bytes, null);
}
function newByteArray(size) {
  var bytes = [];
  for (var i = 0; i < size; i++) bytes.push(0);
  return bytes;
}
function newWireRecord(from) {
  var record = {};
  for (var key in from) record[key] = from[key];
  return record;
}

var logger = {
  trace: function (text) {},
  debug: function (text) { log('debug', String(text)) },
  info: function (text) { log('info', String(text)) },
  warn: function (text) { log('warn', String(text)) },
  error: function (text) { log('error', String(text)) }
};

function receive(envelope) {
  records = envelope.records.map(function (given) {
    var record = {};
    for (var key in given) {
      var one = given[key];
      record[key] = one.type === BYTE_ARRAY
          ? newByteArrayValue(one.value) : new TypedValue(one.type, one.value, one.exact);
    }
    return record;
  });
  emitterPid = envelope.emitterPid;
  input = {
    records: records,
    emitterPid: emitterPid,
    getRecords: function () { return this.records },
    getEmitterPid: function () { return this.emitterPid }
  };
}
