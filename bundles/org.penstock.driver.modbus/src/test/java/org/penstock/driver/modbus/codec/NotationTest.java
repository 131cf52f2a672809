package org.penstock.driver.modbus.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses as engineers write them. If deleted: all values could come from the neighbour. */
class NotationTest {

  @ParameterizedTest
  @CsvSource({
    "ZERO_BASED, 0,       0,     HOLDING_REGISTERS, 0",
    "ZERO_BASED, 65535,   65535, HOLDING_REGISTERS, 65535",
    "ZERO_BASED, 0x1F,    31,    HOLDING_REGISTERS, 31",
    "ONE_BASED,  1,       0,     COILS,             1",
    "ONE_BASED,  65536,   65535, COILS,             65536",
    "MODICON,    40001,   0,     HOLDING_REGISTERS, 40001",
    "MODICON,    30108,   107,   INPUT_REGISTERS,   30108",
    "MODICON,    410001,  10000, HOLDING_REGISTERS, 410001",
    "MODICON,    00017,   16,    COILS,             00017",
    "HEX,        ff,      255,   HOLDING_REGISTERS, 0x00FF"
  })
  void readAndWritten(Notation notation, String text, int address, Table table, String back) {
    Notation.Location location = notation.parse(text);
    assertEquals(address, location.address());
    assertEquals(notation == Notation.MODICON, location.table().isPresent());
    location.table().ifPresent(found -> assertEquals(table, found));
    assertEquals(back, notation.format(table, address));
  }

  @ParameterizedTest
  @CsvSource({
    "ZERO_BASED, 65536",
    "ZERO_BASED, -1",
    "ZERO_BASED, x",
    "ONE_BASED, 0",
    "MODICON, 4001",
    "MODICON, 20001",
    "MODICON, 40000",
    "HEX, 10000",
    "HEX, g"
  })
  void everythingElseIsRefused(Notation notation, String text) {
    assertThrows(IllegalArgumentException.class, () -> notation.parse(text));
  }
}
