package org.penstock.driver.zigbee;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.penstock.driver.kit.conformance.TcpSimulator;
import org.penstock.driver.zigbee.codec.ByteReader;
import org.penstock.driver.zigbee.codec.ByteWriter;
import org.penstock.driver.zigbee.codec.ZclFrame;
import org.penstock.driver.zigbee.codec.ZnpFrame;

/**
 * A stick with Z-Stack 3.x.0 for the conformance suite, with a plug and a sensor behind it. It knows
 * no more than the suite needs and is no judge of the protocol: that is the simulator of ZigBee
 * networks, which an independent host stack has tried.
 */
final class FakeStick extends TcpSimulator {

  static final long PLUG = 0x00124b0001020301L;
  static final int PLUG_NETWORK = 0x1234;

  private static final int PAN = 0x1a62;
  private static final long SELF = 0x00124b00aabbccddL;

  private final Map<Integer, byte[]> memory = new ConcurrentHashMap<>();
  private final AtomicInteger forms = new AtomicInteger();
  private final AtomicInteger permits = new AtomicInteger();
  private final AtomicInteger on = new AtomicInteger();
  private final AtomicInteger confirm = new AtomicInteger();

  /** How often a network was formed. */
  int forms() {
    return forms.get();
  }

  /** How often somebody let devices join. */
  int permits() {
    return permits.get();
  }

  /** What becomes of messages from now on: 0 delivered, else the reason why not. */
  void confirm(int status) {
    confirm.set(status);
  }

  @Override
  protected byte[] readRequest(InputStream in) throws IOException {
    int first = in.read();
    while (first >= 0 && first != 0xFE) {
      first = in.read(); // the boot loader's byte
    }
    if (first < 0) {
      return null;
    }
    int length = need(in);
    byte[] frame = new byte[length + 5];
    frame[0] = (byte) first;
    frame[1] = (byte) length;
    for (int i = 2; i < frame.length; i++) {
      frame[i] = (byte) need(in);
    }
    return frame;
  }

  private static int need(InputStream in) throws IOException {
    int value = in.read();
    if (value < 0) {
      throw new EOFException();
    }
    return value;
  }

  @Override
  protected byte[] answer(byte[] bytes) {
    int subsystem = bytes[2] & 0x1f;
    int command = bytes[3] & 0xff;
    ByteReader in = new ByteReader(java.util.Arrays.copyOfRange(bytes, 4, bytes.length - 1));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (subsystem << 8 | command) {
      case 0x0100 -> areq(out, 1, 0x80, new ByteWriter().u8(0).u8(2).u8(1).u8(2).u8(7).u8(1));
      case 0x0101 -> srsp(out, 1, command, new ByteWriter().u16(0x0779));
      case 0x0102 ->
          srsp(out, 1, command, new ByteWriter().u8(2).u8(1).u8(2).u8(7).u8(1).u32(20230507));
      case 0x0107 -> {
        int item = in.u16();
        in.u16();
        boolean created = memory.putIfAbsent(item, in.bytes(in.u8())) == null;
        srsp(out, 1, command, new ByteWriter().u8(created ? 9 : 0));
      }
      case 0x0108 -> {
        byte[] value = memory.get(in.u16());
        ByteWriter answer = new ByteWriter();
        srsp(
            out,
            1,
            command,
            value == null ? answer.u8(2).u8(0) : answer.u8(0).u8(value.length).bytes(value));
      }
      case 0x0109 -> {
        int item = in.u16();
        in.u8();
        memory.put(item, in.bytes(in.u8()));
        srsp(out, 1, command, new ByteWriter().u8(0));
      }
      case 0x0700 -> srsp(out, 7, 0, new ByteWriter().u8(0).u64(SELF).u16(0).u8(7).u8(9).u8(0));
      case 0x0550 ->
          srsp(
              out,
              5,
              command,
              new ByteWriter().u16(0).u8(9).u16(PAN).u16(0).u64(0xddL).u64(0).u8(15));
      case 0x0F05 -> {
        forms.incrementAndGet();
        srsp(out, 15, command, new ByteWriter().u8(0));
        areq(out, 5, 0xC0, new ByteWriter().u8(9));
        areq(out, 5, 0xC1, announcement());
      }
      case 0x0536 -> {
        in.bytes(3);
        permits.addAndGet(in.u8() > 0 ? 1 : 0);
        srsp(out, 5, command, new ByteWriter().u8(0));
        areq(out, 5, 0xC1, announcement());
      }
      case 0x0401 -> data(in, out);
      default -> srsp(out, subsystem, command, new ByteWriter().u8(0));
    }
    return out.toByteArray();
  }

  private static ByteWriter announcement() {
    return new ByteWriter().u16(PLUG_NETWORK).u16(PLUG_NETWORK).u64(PLUG).u8(0x8e);
  }

  private void data(ByteReader in, ByteArrayOutputStream out) {
    int destination = in.u16();
    int endpoint = in.u8();
    in.u8();
    int cluster = in.u16();
    int transaction = in.u8();
    in.bytes(2);
    ZclFrame request = ZclFrame.decode(in.bytes(in.u8()));
    srsp(out, 4, 1, new ByteWriter().u8(0));
    areq(out, 4, 0x80, new ByteWriter().u8(confirm.get()).u8(1).u8(transaction));
    if (confirm.get() != 0 || destination != PLUG_NETWORK) {
      return;
    }
    ZclFrame answer = plug(cluster, request);
    byte[] zcl = answer.encode();
    areq(
        out,
        4,
        0x81,
        new ByteWriter()
            .u16(0)
            .u16(cluster)
            .u16(destination)
            .u8(endpoint)
            .u8(1)
            .u8(0)
            .u8(180)
            .u8(0)
            .u32(0)
            .u8(0)
            .u8(zcl.length)
            .bytes(zcl)
            .bytes(new byte[3]));
  }

  private ZclFrame plug(int cluster, ZclFrame request) {
    if (request.clusterSpecific()) {
      on.set(request.command());
      return response(request, ZclFrame.DEFAULT_RESPONSE, new byte[] {(byte) request.command(), 0});
    }
    if (request.command() != ZclFrame.READ) {
      return response(
          request, ZclFrame.DEFAULT_RESPONSE, new byte[] {(byte) request.command(), (byte) 0x81});
    }
    ByteReader wanted = new ByteReader(request.payload());
    ByteWriter out = new ByteWriter();
    while (wanted.left() > 0) {
      int attribute = wanted.u16();
      out.u16(attribute);
      if (cluster == 6 && attribute == 0) {
        out.u8(0).u8(0x10).u8(on.get());
      } else if (cluster == 0x0B04 && attribute == 0x050B) {
        out.u8(0).u8(0x29).u16(123);
      } else if (cluster == 0x0B04 && attribute == 0x0505) {
        out.u8(0).u8(0x21).u16(2305);
      } else {
        out.u8(0x86);
      }
    }
    return response(request, ZclFrame.READ_RESPONSE, out.toBytes());
  }

  private static ZclFrame response(ZclFrame request, int command, byte[] payload) {
    return new ZclFrame(
        false, request.manufacturer(), true, true, request.sequence(), command, payload);
  }

  private static void srsp(ByteArrayOutputStream out, int subsystem, int command, ByteWriter data) {
    out.writeBytes(new ZnpFrame(ZnpFrame.Type.SRSP, subsystem, command, data.toBytes()).encode());
  }

  private static void areq(ByteArrayOutputStream out, int subsystem, int command, ByteWriter data) {
    out.writeBytes(new ZnpFrame(ZnpFrame.Type.AREQ, subsystem, command, data.toBytes()).encode());
  }
}
