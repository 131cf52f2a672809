package org.penstock.driver.modbus.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * Golden bytes: the examples of the Modbus Application Protocol Specification V1.1b3, each under its
 * clause. If deleted: a request could differ from what every device on the market expects.
 */
class RequestTest {

  private static void clause(Request request, String sent, String answer) {
    assertEquals(sent, hex(request.pdu()));
    assertTrue(request.fits(bytes(answer)), "the specification's own answer is refused");
    assertEquals(0, Request.exception(bytes(answer)));
  }

  @Test
  void clause6x1ReadCoils() {
    clause(Request.read(Table.COILS, 0x13, 0x13), "0100130013", "0103cd6b05");
  }

  @Test
  void clause6x2ReadDiscreteInputs() {
    clause(Request.read(Table.DISCRETE_INPUTS, 0xc4, 0x16), "0200c40016", "0203acdb35");
  }

  @Test
  void clause6x3ReadHoldingRegisters() {
    clause(Request.read(Table.HOLDING_REGISTERS, 0x6b, 3), "03006b0003", "0306022b00000064");
  }

  @Test
  void clause6x4ReadInputRegisters() {
    clause(Request.read(Table.INPUT_REGISTERS, 8, 1), "0400080001", "0402000a");
  }

  @Test
  void clause6x5WriteSingleCoil() {
    clause(Request.writeCoil(0xac, true), "0500acff00", "0500acff00");
    assertEquals("0500ac0000", hex(Request.writeCoil(0xac, false).pdu()));
  }

  @Test
  void clause6x6WriteSingleRegister() {
    clause(Request.writeRegister(1, 3), "0600010003", "0600010003");
  }

  @Test
  void clause6x11WriteMultipleCoils() {
    clause(
        Request.writeCoils(0x13, 10, new byte[] {(byte) 0xcd, 1}),
        "0f0013000a02cd01",
        "0f0013000a");
  }

  @Test
  void clause6x12WriteMultipleRegisters() {
    clause(
        Request.writeRegisters(1, new byte[] {0, 0x0a, 1, 2}),
        "100001000204000a0102",
        "1000010002");
  }

  @Test
  void clause6x16MaskWriteRegister() {
    clause(Request.maskWrite(4, 0xf2, 0x25), "16000400f20025", "16000400f20025");
  }

  /** Clause 7: the function code with its highest bit set, and a code. */
  @Test
  void clause7ExceptionAnswer() {
    Request request = Request.read(Table.COILS, 0x4a1, 1);
    ByteBuffer answer = bytes("8102");
    assertTrue(request.fits(answer));
    assertEquals(2, Request.exception(answer));
    assertTrue(ModbusError.describe(2, 1).contains("no such address"));
  }

  /** If deleted: a damaged answer could be taken for values. */
  @Test
  void answersThatDoNotFitAreRefused() {
    Request request = Request.read(Table.HOLDING_REGISTERS, 0x6b, 3);
    for (String wrong :
        new String[] {
          "",
          "03",
          "0306022b0000",
          "0306022b000000640000",
          "0307022b00000064",
          "0406022b00000064",
          "83",
          "830200",
          "8402"
        }) {
      assertFalse(request.fits(bytes(wrong)), wrong);
    }
    assertFalse(Request.writeRegister(1, 3).fits(bytes("0600010004")), "another value");
    assertFalse(Request.writeRegister(1, 3).fits(bytes("0600020003")), "another address");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }
}
