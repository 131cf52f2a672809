package org.penstock.driver.lorawan.payload;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values at fixed places, one line for each: name, type, offset, scale, addend. Pure. */
final class FieldTable implements PayloadCodec {

  private static final Pattern LINE =
      Pattern.compile(
          "(\\S+)\\s+(u?int(?:8|16|32)|float32|float64|bit[0-7])(le)?\\s+(\\d{1,3})"
              + "(?:\\s+(-?[0-9.eE-]+))?(?:\\s+(-?[0-9.eE-]+))?");

  private final List<Field> fields = new ArrayList<>();

  private record Field(
      String name, String type, ByteOrder order, int offset, double scale, double addend) {

    int length() {
      return type.startsWith("bit") ? 1 : Integer.parseInt(type.replaceAll("\\D", "")) / Byte.SIZE;
    }
  }

  /**
   * Reads a table.
   *
   * @throws PayloadException names the wrong line
   */
  FieldTable(List<String> lines) throws PayloadException {
    for (String line : lines) {
      Matcher m = LINE.matcher(line.strip());
      if (!m.matches()) {
        throw new PayloadException(
            "'" + line.strip() + "' is no field: <name> <type>[le] <offset> [<scale> [<addend>]]");
      }
      fields.add(
          new Field(
              m.group(1),
              m.group(2),
              m.group(3) == null ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
              Integer.parseInt(m.group(4)),
              number(m.group(5), 1),
              number(m.group(6), 0)));
    }
  }

  private static double number(String text, double absent) throws PayloadException {
    try {
      return text == null ? absent : Double.parseDouble(text);
    } catch (NumberFormatException wrong) {
      throw new PayloadException("'" + text + "' is no number");
    }
  }

  @Override
  public Map<String, Object> decode(int port, byte[] bytes) throws PayloadException {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Field field : fields) {
      if (field.offset() + field.length() > bytes.length) {
        throw new PayloadException(
            field.name() + " lies beyond the " + bytes.length + " bytes of the payload");
      }
      ByteBuffer in = ByteBuffer.wrap(bytes).order(field.order());
      if (field.type().startsWith("bit")) {
        values.put(field.name(), (bytes[field.offset()] >> field.type().charAt(3) - '0' & 1) == 1);
      } else {
        values.put(field.name(), raw(in, field) * field.scale() + field.addend());
      }
    }
    return values;
  }

  private static double raw(ByteBuffer in, Field field) {
    int at = field.offset();
    return switch (field.type()) {
      case "int8" -> in.get(at);
      case "uint8" -> in.get(at) & 0xff;
      case "int16" -> in.getShort(at);
      case "uint16" -> in.getShort(at) & 0xffff;
      case "int32" -> in.getInt(at);
      case "uint32" -> in.getInt(at) & 0xffff_ffffL;
      case "float32" -> in.getFloat(at);
      default -> in.getDouble(at);
    };
  }

  /** The bytes up to the end of the field; all others are zero. */
  @Override
  public Content encode(String name, Object value) throws PayloadException {
    for (Field field : fields) {
      if (field.name().equals(name)) {
        ByteBuffer out = ByteBuffer.allocate(field.offset() + field.length()).order(field.order());
        put(out, field, value);
        return new Content(0, out.array());
      }
    }
    throw new PayloadException("the table has no field " + name);
  }

  private static void put(ByteBuffer out, Field field, Object value) throws PayloadException {
    int at = field.offset();
    double number = value instanceof Boolean flag ? flag ? 1 : 0 : number(value.toString(), 0);
    if (field.type().startsWith("bit")) {
      out.put(at, (byte) (number == 0 ? 0 : 1 << field.type().charAt(3) - '0'));
      return;
    }
    double raw = (number - field.addend()) / field.scale();
    long whole = Math.round(raw);
    if (field.type().contains("int") && !fits(field, whole)) {
      throw new PayloadException(value + " does not fit into " + field.type());
    }
    switch (field.type()) {
      case "int8", "uint8" -> out.put(at, (byte) whole);
      case "int16", "uint16" -> out.putShort(at, (short) whole);
      case "int32", "uint32" -> out.putInt(at, (int) whole);
      case "float32" -> out.putFloat(at, (float) raw);
      default -> out.putDouble(at, raw);
    }
  }

  private static boolean fits(Field field, long whole) {
    int bits = field.length() * Byte.SIZE;
    return field.type().startsWith("u")
        ? whole >= 0 && whole < 1L << bits
        : whole >= -(1L << bits - 1) && whole < 1L << bits - 1;
  }
}
