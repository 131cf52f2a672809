package org.penstock.driver.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes to numbers and back. If deleted: a swapped word could turn 1 bar into 65,536. */
class NumberFormatTest {

  @ParameterizedTest
  @CsvSource({
    // IEEE 754: 123.456f is 42f6e979
    "FLOAT32, ABCD, 42f6e979, 123.456",
    "FLOAT32, CDAB, e97942f6, 123.456",
    "FLOAT32, BADC, f64279e9, 123.456",
    "FLOAT32, DCBA, 79e9f642, 123.456",
    "FLOAT64, ABCD, 405edd2f1a9fbe77, 123.456",
    "FLOAT64, CDAB, be771a9fdd2f405e, 123.456",
    "FLOAT64, BADC, 5e402fdd9f1a77be, 123.456",
    "FLOAT64, DCBA, 77be9f1a2fdd5e40, 123.456",
    "INT16, ABCD, fffe, -2",
    "INT16, DCBA, feff, -2",
    "UINT16, ABCD, fffe, 65534",
    "UINT16, BADC, feff, 65534",
    "INT32, ABCD, fffffffe, -2",
    "INT32, CDAB, 0002ffff, -65534",
    "UINT32, ABCD, fffffffe, 4294967294",
    "UINT32, CDAB, 00010002, 131073",
    "INT64, ABCD, fffffffffffffffe, -2",
    "UINT64, ABCD, fffffffffffffffe, 18446744073709551614",
    "UINT64, DCBA, 0100000000000000, 1",
    "INT8, ABCD, ff, -1",
    "UINT8, DCBA, ff, 255",
    "BCD16, ABCD, 1234, 1234",
    "BCD32, CDAB, 56781234, 12345678"
  })
  void everyFormatInEveryOrderBothWays(
      NumberFormat format, WordOrder order, String hex, BigDecimal number) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    Number decoded = format.decode(bytes, 0, order);
    assertEquals(number.doubleValue(), decoded.doubleValue(), 1e-5);
    if (!(decoded instanceof Float) && !(decoded instanceof Double)) {
      assertEquals(number, new BigDecimal(decoded.toString()));
    }
    assertArrayEquals(bytes, format.encode(decoded, order));
    byte[] shifted = new byte[bytes.length + 3];
    System.arraycopy(bytes, 0, shifted, 3, bytes.length);
    assertEquals(decoded, format.decode(shifted, 3, order));
  }

  @ParameterizedTest
  @CsvSource({
    "INT16, 32768",
    "INT16, -32769",
    "UINT16, -1",
    "UINT16, 65536",
    "UINT32, 4294967296",
    "UINT64, -1",
    "UINT64, 18446744073709551616",
    "INT64, 9223372036854775808",
    "BCD16, 10000",
    "BCD16, -1",
    "INT32, 1.5",
    "FLOAT32, 1e39"
  })
  void whatDoesNotFitIsRefusedAndNotCutOff(NumberFormat format, BigDecimal number) {
    assertThrows(IllegalArgumentException.class, () -> format.encode(number, WordOrder.ABCD));
  }

  @Test
  void bytesThatAreNoBcdAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> NumberFormat.BCD16.decode(new byte[] {0x1a, 0}, 0, WordOrder.ABCD));
  }

  @ParameterizedTest
  @EnumSource(NumberFormat.class)
  void shortBlockIsAnErrorNotAValue(NumberFormat format) {
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> format.decode(new byte[format.size() - 1], 0, WordOrder.ABCD));
  }

  @Test
  void bitsCountFromTheLeastSignificantOfTheFirstByte() {
    byte[] bytes = Values.bits(true, false, true, false, false, false, false, false, true);
    assertArrayEquals(new byte[] {5, 1}, bytes);
    assertTrue(Values.bit(bytes, 8));
    assertFalse(Values.bit(bytes, 1));
    assertTrue(Values.bit(new byte[] {(byte) 0x80}, 7));
  }

  @Test
  void textEndsAtTheFirstZeroAndIsFilledWithZeros() {
    byte[] bytes = Values.text("ab", 4, StandardCharsets.US_ASCII);
    assertArrayEquals(new byte[] {'a', 'b', 0, 0}, bytes);
    assertEquals("ab", Values.text(bytes, 0, 4, StandardCharsets.US_ASCII));
    assertThrows(
        IllegalArgumentException.class, () -> Values.text("abcde", 4, StandardCharsets.US_ASCII));
  }

  @Test
  void numberBecomesTheTypeAskedForOrAnError() {
    assertEquals(TypedValues.newIntegerValue(5), Values.typed(5L, DataType.INTEGER));
    assertEquals(TypedValues.newLongValue(5), Values.typed(5, DataType.LONG));
    assertEquals(TypedValues.newDoubleValue(0.5), Values.typed(0.5f, DataType.DOUBLE));
    assertEquals(TypedValues.newStringValue("5"), Values.typed(5L, DataType.STRING));
    assertEquals(TypedValues.newBooleanValue(true), Values.typed(2, DataType.BOOLEAN));
    assertEquals(TypedValues.newIntegerValue(1), Values.typed(true, DataType.INTEGER));
    assertThrows(
        IllegalArgumentException.class, () -> Values.typed(4_294_967_295L, DataType.INTEGER));
    assertThrows(IllegalArgumentException.class, () -> Values.typed(1.5, DataType.LONG));
    assertThrows(
        IllegalArgumentException.class,
        () -> Values.typed(BigInteger.ONE.shiftLeft(63), DataType.LONG));
    assertThrows(IllegalArgumentException.class, () -> Values.typed(1, DataType.BYTE_ARRAY));
  }

  /** If deleted: eleven characters from a device could stop its link's thread for hours. */
  @ParameterizedTest
  @ValueSource(strings = {"1E200000000", "-1E200000000", "1E-200000000"})
  void aNumberWithAHugeExponentIsRefusedAtOnce(String text) {
    Number number = Values.number(TypedValues.newStringValue(text));
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          assertThrows(
              IllegalArgumentException.class, () -> Values.typed(number, DataType.INTEGER));
          assertThrows(IllegalArgumentException.class, () -> Values.typed(number, DataType.LONG));
        });
    assertEquals(
        TypedValues.newLongValue(0), Values.typed(new BigDecimal("0E200000000"), DataType.LONG));
  }

  @Test
  void typedValueBecomesANumberOrAnError() {
    assertEquals(new BigDecimal("1.5"), Values.number(TypedValues.newStringValue(" 1.5 ")));
    assertEquals(1L, Values.number(TypedValues.newBooleanValue(true)));
    assertThrows(
        IllegalArgumentException.class, () -> Values.number(TypedValues.newStringValue("x")));
    assertThrows(
        IllegalArgumentException.class,
        () -> Values.number(TypedValues.newByteArrayValue(new byte[1])));
  }
}
