package org.penstock.driver.modbus.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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

  @Test
  void clause6x7ReadExceptionStatus() {
    clause(Request.readExceptionStatus(), "07", "076d");
    assertArrayEquals(new byte[] {0, 0x6d}, Request.readExceptionStatus().payload(bytes("076d")));
  }

  @Test
  void clause6x8Diagnostics() {
    clause(Request.diagnostics(0, 0xa537), "080000a537", "080000a537");
    assertFalse(Request.diagnostics(0, 0).fits(bytes("0800010000")), "another sub-function");
  }

  @Test
  void clause6x9CommEventCounter() {
    clause(Request.readEventCounter(), "0b", "0bffff0108");
    assertArrayEquals(new byte[] {1, 8}, Request.readEventCounter().payload(bytes("0bffff0108")));
  }

  @Test
  void clause6x13ReportServerId() {
    clause(Request.readServerId(), "11", "110309ff41");
    assertFalse(Request.readServerId().fits(bytes("110409ff41")), "a wrong count");
  }

  /** The specification's example asks for two groups at once; this is its first one. */
  @Test
  void clause6x14ReadFileRecord() {
    Request request = Request.readFile(4, 1, 2);
    clause(request, "14070600040001" + "0002", "140605060dfe0020");
    assertArrayEquals(
        new byte[] {0x0d, (byte) 0xfe, 0, 0x20}, request.payload(bytes("140605060dfe0020")));
    assertFalse(request.fits(bytes("140604060dfe0020")), "a wrong count within");
  }

  @Test
  void clause6x15WriteFileRecord() {
    byte[] values = {6, (byte) 0xaf, 4, (byte) 0xbe, 0x10, 0x0d};
    clause(
        Request.writeFile(4, 7, values),
        "150d0600040007000306af04be100d",
        "150d0600040007000306af04be100d");
  }

  @Test
  void clause6x17ReadWriteMultipleRegisters() {
    clause(
        Request.writeAndRead(3, 6, 0x0e, new byte[] {0, -1, 0, -1, 0, -1}),
        "1700030006000e00030600ff00ff00ff",
        "170c00fe0acd00010003000d00ff");
  }

  @Test
  void clause6x18ReadFifoQueue() {
    Request request = Request.readQueue(0x4de);
    clause(request, "1804de", "180006000201b81284");
    assertArrayEquals(
        new byte[] {1, (byte) 0xb8, 0x12, (byte) 0x84},
        request.payload(bytes("180006000201b81284")));
    assertFalse(request.fits(bytes("180006000301b81284")), "a wrong count");
  }

  @Test
  void clause6x21ReadDeviceIdentification() {
    String answer = "2b0e0101000003" + "0016" + "436f6d70616e79206964656e74696669636174696f6e";
    assertFalse(Request.identify(1, 0).fits(bytes(answer)), "two objects are missing");
    String all =
        answer + "010d" + "50726f6475637420636f64652058".substring(0, 26) + "0205" + "56322e3131";
    clause(Request.identify(1, 0), "2b0e0100", all);
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
