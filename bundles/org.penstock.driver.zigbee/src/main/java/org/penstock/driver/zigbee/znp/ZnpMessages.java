package org.penstock.driver.zigbee.znp;

import com.zsmartsystems.zigbee.ZigBeeNwkAddressMode;
import com.zsmartsystems.zigbee.aps.ZigBeeApsFrame;
import java.util.Optional;
import org.penstock.driver.zigbee.codec.ByteReader;
import org.penstock.driver.zigbee.codec.ByteWriter;
import org.penstock.driver.zigbee.codec.ZnpFrame;

/** Messages of the library as ZNP frames and back. Pure. */
final class ZnpMessages {

  private static final int AF_REQUEST = 0x01;
  private static final int AF_REQUEST_EXTENDED = 0x02;
  private static final int ROUTE_DISCOVERY = 0x20;
  private static final int ACKNOWLEDGED = 0x10;
  private static final int GROUP_MODE = 1;
  private static final int SHORT_MODE = 2;
  private static final int BROADCAST_MODE = 0x0F;
  private static final int RADIUS = 30;
  private static final int FIRST_BROADCAST = 0xFFF8;
  private static final int HOME_AUTOMATION = 0x0104;
  private static final int MAX_DATA_EXTENDED = 230;

  private ZnpMessages() {}

  /** A message of an application. */
  static ZnpFrame data(ZigBeeApsFrame frame, int transaction) {
    byte[] data = bytes(frame.getPayload());
    boolean group = frame.getAddressMode() == ZigBeeNwkAddressMode.GROUP;
    if (!group && frame.getDestinationAddress() < FIRST_BROADCAST) {
      return ZnpFrame.sreq(
          ZnpStart.AF,
          AF_REQUEST,
          new ByteWriter()
              .u16(frame.getDestinationAddress())
              .u8(frame.getDestinationEndpoint())
              .u8(frame.getSourceEndpoint())
              .u16(frame.getCluster())
              .u8(transaction)
              .u8(ROUTE_DISCOVERY | ACKNOWLEDGED)
              .u8(RADIUS)
              .u8(data.length)
              .bytes(data)
              .toBytes());
    }
    if (data.length > MAX_DATA_EXTENDED) {
      throw new IllegalArgumentException("message of " + data.length + " bytes is too long");
    }
    return ZnpFrame.sreq(
        ZnpStart.AF,
        AF_REQUEST_EXTENDED,
        new ByteWriter()
            .u8(group ? GROUP_MODE : BROADCAST_MODE)
            .u64(group ? frame.getGroupAddress() : frame.getDestinationAddress())
            .u8(0xFF) // all endpoints
            .u16(0) // within this PAN
            .u8(frame.getSourceEndpoint())
            .u16(frame.getCluster())
            .u8(transaction)
            .u8(0)
            .u8(RADIUS)
            .u16(data.length)
            .bytes(data)
            .toBytes());
  }

  /**
   * A request of the ZigBee device object: sticks take them as commands of their own, whose numbers
   * are those of the clusters. The transaction's number (first byte) stays here.
   */
  static ZnpFrame zdo(ZigBeeApsFrame frame) {
    byte[] payload = bytes(frame.getPayload());
    ByteWriter out = new ByteWriter();
    int command = frame.getCluster() & 0xff;
    if (command == 0x36) {
      out.u8(frame.getDestinationAddress() >= FIRST_BROADCAST ? BROADCAST_MODE : SHORT_MODE);
    }
    if (command > 0x01) { // address requests have no destination
      out.u16(frame.getDestinationAddress());
    }
    for (int i = 1; i < payload.length; i++) {
      out.u8(payload[i]);
    }
    if (command == 0x21 || command == 0x22) {
      while (out.toBytes().length < 23) {
        out.u8(0); // a group as target is shorter than the address that the command has room for
      }
    }
    return ZnpFrame.sreq(ZnpStart.ZDO, command, out.toBytes());
  }

  /** What a device sent to an application of ours; empty when the frame is something else. */
  static Optional<ZigBeeApsFrame> incoming(ZnpFrame frame) {
    if (!frame.is(ZnpFrame.Type.AREQ, ZnpStart.AF, 0x81)) {
      return Optional.empty();
    }
    ByteReader in = new ByteReader(frame.data());
    ZigBeeApsFrame message = new ZigBeeApsFrame();
    message.setGroupAddress(in.u16());
    message.setCluster(in.u16());
    message.setSourceAddress(in.u16());
    message.setSourceEndpoint(in.u8());
    message.setDestinationEndpoint(in.u8());
    in.u8(); // broadcast
    message.setReceivedLqi(in.u8());
    in.bytes(1 + 4); // secured, time
    message.setApsCounter(in.u8());
    message.setProfile(HOME_AUTOMATION);
    message.setDestinationAddress(0);
    message.setPayload(ints(in.bytes(in.u8())));
    return Optional.of(message);
  }

  /**
   * The answer to a request of the device object, or an announcement.
   *
   * @param source who sent it
   * @param cluster of the answer
   * @param transaction of the request
   * @param body what stands behind source and transaction
   */
  static ZigBeeApsFrame zdoMessage(int source, int cluster, int transaction, byte[] body) {
    ZigBeeApsFrame message = new ZigBeeApsFrame();
    message.setProfile(0);
    message.setSourceAddress(source);
    message.setSourceEndpoint(0);
    message.setDestinationEndpoint(0);
    message.setDestinationAddress(0);
    message.setCluster(cluster);
    message.setPayload(ints(new ByteWriter().u8(transaction).bytes(body).toBytes()));
    return message;
  }

  static byte[] bytes(int[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static int[] ints(byte[] bytes) {
    int[] values = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = bytes[i] & 0xff;
    }
    return values;
  }
}
