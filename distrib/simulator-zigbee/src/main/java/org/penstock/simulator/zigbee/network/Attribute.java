package org.penstock.simulator.zigbee.network;

/** One attribute of a cluster: its ZCL data type, its value in the octets of the air, and whether it may be written. */
final class Attribute {

  /** Where it stands. Manufacturer 0 = standard. */
  record Key(int cluster, int manufacturer, int id) implements Comparable<Key> {
    @Override
    public int compareTo(Key o) {
      int c = Integer.compare(cluster, o.cluster);
      c = c != 0 ? c : Integer.compare(manufacturer, o.manufacturer);
      return c != 0 ? c : Integer.compare(id, o.id);
    }
  }

  final Key key;
  final int type;
  final boolean writable;
  private byte[] value;

  Attribute(Key key, int type, boolean writable, byte... value) {
    this.key = key;
    this.type = type;
    this.writable = writable;
    this.value = value;
  }

  byte[] value() {
    return value;
  }

  long number() {
    return DataType.number(type, value);
  }

  void set(byte... octets) {
    value = octets;
  }

  void setNumber(long number) {
    value = new FrameWriter().number(number, value.length).done();
  }
}
