package org.penstock.driver.lorawan.payload;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cayenne's Low Power Payload: channel, type, big-endian data, again and again. Pure. */
final class CayenneLpp implements PayloadCodec {

  /** One part of a value. */
  private record Part(String name, int bytes, boolean signed, double divisor) {}

  private record Type(String name, List<Part> parts) {}

  private static final Map<Integer, Type> TYPES =
      Map.ofEntries(
          simple(0x00, "digital_input", 1, false, 1),
          simple(0x01, "digital_output", 1, false, 1),
          simple(0x02, "analog_input", 2, true, 100),
          simple(0x03, "analog_output", 2, true, 100),
          simple(0x65, "illuminance", 2, false, 1),
          simple(0x66, "presence", 1, false, 1),
          simple(0x67, "temperature", 2, true, 10),
          simple(0x68, "humidity", 1, false, 2),
          simple(0x73, "barometer", 2, false, 10),
          threefold(0x71, "accelerometer", 1000),
          threefold(0x86, "gyrometer", 100),
          Map.entry(
              0x88,
              new Type(
                  "gps",
                  List.of(
                      new Part("latitude", 3, true, 10_000),
                      new Part("longitude", 3, true, 10_000),
                      new Part("altitude", 3, true, 100)))));

  private static Map.Entry<Integer, Type> simple(
      int id, String name, int bytes, boolean signed, double divisor) {
    return Map.entry(id, new Type(name, List.of(new Part("", bytes, signed, divisor))));
  }

  private static Map.Entry<Integer, Type> threefold(int id, String name, double divisor) {
    return Map.entry(
        id,
        new Type(
            name,
            List.of(
                new Part("x", 2, true, divisor),
                new Part("y", 2, true, divisor),
                new Part("z", 2, true, divisor))));
  }

  @Override
  public Map<String, Object> decode(int port, byte[] bytes) throws PayloadException {
    Map<String, Object> values = new LinkedHashMap<>();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    while (in.remaining() >= 2) {
      int channel = in.get() & 0xff;
      int id = in.get() & 0xff;
      Type type = TYPES.get(id);
      if (type == null) {
        throw new PayloadException("unknown type 0x" + Integer.toHexString(id) + " of Cayenne LPP");
      }
      for (Part part : type.parts()) {
        if (in.remaining() < part.bytes()) {
          throw new PayloadException(type.name() + " of Cayenne LPP is cut off");
        }
        String name = type.name() + '_' + channel;
        values.put(
            part.name().isEmpty() ? name : name + '.' + part.name(),
            number(in, part) / part.divisor());
      }
    }
    if (in.hasRemaining()) {
      throw new PayloadException("one byte is left over after the values of Cayenne LPP");
    }
    return values;
  }

  private static double number(ByteBuffer in, Part part) {
    long value = part.signed() ? in.get() : in.get() & 0xff;
    for (int i = 1; i < part.bytes(); i++) {
      value = value << 8 | in.get() & 0xff;
    }
    return value;
  }
}
