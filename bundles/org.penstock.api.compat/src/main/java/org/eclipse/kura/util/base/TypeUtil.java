package org.eclipse.kura.util.base;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Turns numbers, objects and digits into bytes. */
public final class TypeUtil {

  private TypeUtil() {}

  /** The four bytes of the number, highest first. */
  public static byte[] intToBytes(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  /** The serialised object. */
  public static byte[] objectToByteArray(Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }

  /** The bytes of pairs of hexadecimal digits. */
  public static byte[] parseHexBinary(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
