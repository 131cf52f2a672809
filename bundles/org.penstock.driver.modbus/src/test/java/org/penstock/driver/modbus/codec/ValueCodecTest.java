package org.penstock.driver.modbus.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.HexFormat;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registers to values: golden bytes of each type and order. */
class ValueCodecTest {

  private static ValueCodec codec(String format, String order, int length, DataType type) {
    return new ValueCodec(DataFormat.valueOf(format), ByteOrder.of(order), length, 0, type);
  }

  /** If deleted: a value could come out wrong, or be written wrong, in one type or order. */
  @ParameterizedTest
  @CsvSource({
    "INT8_HIGH,  ABCD, INTEGER, fe00,             -2",
    "INT8_LOW,   ABCD, INTEGER, 00fe,             -2",
    "UINT8_HIGH, ABCD, INTEGER, fe00,             254",
    "UINT8_LOW,  ABCD, INTEGER, 00fe,             254",
    "UINT8_LOW,  BA,   INTEGER, fe00,             254",
    "INT16,      ABCD, INTEGER, 8000,             -32768",
    "INT16,      BA,   INTEGER, 0080,             -32768",
    "UINT16,     ABCD, INTEGER, 8000,             32768",
    "UINT16,     DCBA, LONG,    0102,             513",
    "INT32,      ABCD, INTEGER, f8a432eb,         -123456789",
    "INT32,      CDAB, INTEGER, 32ebf8a4,         -123456789",
    "INT32,      BADC, INTEGER, a4f8eb32,         -123456789",
    "INT32,      DCBA, INTEGER, eb32a4f8,         -123456789",
    "INT32,      BDAC, INTEGER, a4ebf832,         -123456789",
    "UINT32,     ABCD, LONG,    b2d05e00,         3000000000",
    "INT64,      ABCD, LONG,    eeddef0b82167eeb, -1234567890123456789",
    "INT64,      CDAB, LONG,    7eeb8216ef0beedd, -1234567890123456789",
    "INT64,      BADC, LONG,    ddee0bef1682eb7e, -1234567890123456789",
    "INT64,      DCBA, LONG,    eb7e16820befddee, -1234567890123456789",
    "INT64,  EFGHABCD, LONG,    82167eebeeddef0b, -1234567890123456789",
    "UINT64,     ABCD, DOUBLE,  ffffffffffffffff, 1.8446744073709552E19",
    "FLOAT16,    ABCD, FLOAT,   3555,             0.33325195",
    "FLOAT16,    ABCD, FLOAT,   7bff,             65504.0",
    "FLOAT16,    ABCD, FLOAT,   0001,             5.9604645E-8",
    "FLOAT16,    ABCD, FLOAT,   c000,             -2.0",
    "FLOAT32,    ABCD, FLOAT,   449a522b,         1234.5677",
    "FLOAT32,    CDAB, FLOAT,   522b449a,         1234.5677",
    "FLOAT64,    ABCD, DOUBLE,  be80c6f7a0b5ed8d, -1.25E-7",
    "FLOAT64,    DCBA, DOUBLE,  8dedb5a0f7c680be, -1.25E-7",
    "BCD16,      ABCD, INTEGER, 1234,             1234",
    "BCD32,      ABCD, INTEGER, 12345678,         12345678",
    "BCD32,      CDAB, INTEGER, 56781234,         12345678"
  })
  void numbers(String format, String order, DataType type, String hex, String value) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    ValueCodec codec = codec(format, order, 1, type);
    TypedValue<?> decoded = codec.decode(bytes, 0);
    assertEquals(type, decoded.getType());
    assertEquals(value, decoded.getValue().toString());
    if (!format.equals("UINT64")) {
      assertEquals(hex, HexFormat.of().formatHex(codec.encode(decoded)), "written back");
    }
  }

  @Test
  void stringsWithBothByteOrders() {
    byte[] plain = "Pump-7\0\0".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] swapped = "uPpm7-\0\0".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    TypedValue<?> text = TypedValues.newStringValue("Pump-7");
    assertEquals(text, codec("STRING", "ABCD", 8, DataType.STRING).decode(plain, 0));
    assertEquals(text, codec("STRING", "BA", 8, DataType.STRING).decode(swapped, 0));
    assertArrayEquals(plain, codec("STRING", "ABCD", 8, DataType.STRING).encode(text));
    assertArrayEquals(swapped, codec("STRING", "BA", 8, DataType.STRING).encode(text));
  }

  @Test
  void rawBytesOfOddLength() {
    byte[] registers = {1, 2, 3, 4};
    ValueCodec codec = codec("RAW", "ABCD", 3, DataType.BYTE_ARRAY);
    assertEquals(TypedValues.newByteArrayValue(new byte[] {1, 2, 3}), codec.decode(registers, 0));
    assertArrayEquals(
        new byte[] {1, 2, 3, 0}, codec.encode(TypedValues.newByteArrayValue(new byte[] {1, 2, 3})));
    assertEquals(2, codec.registers());
  }

  @Test
  void arrays() {
    byte[] registers = HexFormat.of().parseHex("0002000100040003");
    ValueCodec text = codec("INT32", "CDAB", 2, DataType.STRING);
    assertEquals(TypedValues.newStringValue("[65538, 196612]"), text.decode(registers, 0));
    assertArrayEquals(registers, text.encode(TypedValues.newStringValue("65538, 196612")));
    ValueCodec bytes = codec("INT32", "CDAB", 2, DataType.BYTE_ARRAY);
    TypedValue<?> canonical =
        TypedValues.newByteArrayValue(HexFormat.of().parseHex("0001000200030004"));
    assertEquals(canonical, bytes.decode(registers, 0));
    assertArrayEquals(registers, bytes.encode(canonical));
  }

  @Test
  void bitsOfARegister() {
    ValueCodec bit = new ValueCodec(DataFormat.BOOL, ByteOrder.ABCD, 1, 9, DataType.BOOLEAN);
    assertEquals(TypedValues.newBooleanValue(true), bit.decode(new byte[] {2, 0}, 0));
    assertEquals(TypedValues.newBooleanValue(false), bit.decode(new byte[] {1, (byte) 0xff}, 0));
    assertEquals(0x200, bit.mask());
  }

  /** If deleted: a misfit could become a silently wrong number. */
  /** If deleted: a text that is written to a register could stop its driver for hours. */
  @ParameterizedTest
  @CsvSource({"INT16,1E200000000", "UINT64,-1E200000000", "BCD32,1E-200000000"})
  void aTextWithAHugeExponentIsRefusedAtOnce(DataFormat format, String text) {
    ValueCodec codec = new ValueCodec(format, ByteOrder.ABCD, 1, 0, DataType.STRING);
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThrows(
                IllegalArgumentException.class,
                () -> codec.encode(TypedValues.newStringValue(text))));
  }

  @Test
  void misfitsAreErrors() {
    ValueCodec bcd = codec("BCD16", "ABCD", 1, DataType.INTEGER);
    assertThrows(IllegalArgumentException.class, () -> bcd.decode(new byte[] {(byte) 0xab, 0}, 0));
    ValueCodec unsigned = codec("UINT16", "ABCD", 1, DataType.INTEGER);
    assertThrows(
        IllegalArgumentException.class, () -> unsigned.encode(TypedValues.newIntegerValue(-1)));
    ValueCodec half = codec("FLOAT16", "ABCD", 1, DataType.FLOAT);
    assertThrows(
        IllegalArgumentException.class, () -> half.encode(TypedValues.newFloatValue(70_000f)));
    assertThrows(IllegalArgumentException.class, () -> ByteOrder.of("ABCC"));
    assertThrows(IllegalArgumentException.class, () -> codec("INT64", "BDAC", 1, DataType.LONG));
  }
}
