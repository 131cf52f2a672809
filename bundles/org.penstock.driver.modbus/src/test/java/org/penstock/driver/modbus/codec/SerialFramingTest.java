package org.penstock.driver.modbus.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of Modbus over Serial Line V1.02. */
class SerialFramingTest {

  private final Framing rtu = new RtuFraming();
  private final Framing ascii = new AsciiFraming();

  /** Section 6.2.2: the CRC of 02 07 is sent as 41 12. */
  @Test
  void section6x2x2CrcIsSentLowByteFirst() {
    ByteBuffer out = ByteBuffer.allocate(256);
    rtu.encode(out, 0, 2, new byte[] {7});
    assertEquals("02074112", HexFormat.of().formatHex(out.array(), 0, out.position()));
  }

  /** Section 2.5.1: unit, PDU, CRC; the length of each kind of answer is known without a gap. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0103cd6b05",
        "0306022b00000064",
        "0500acff00",
        "0600010003",
        "076d",
        "080000a537",
        "0bffff0108",
        "0f0013000a",
        "1000010002",
        "110309ff41",
        "140605060dfe0020",
        "16000400f20025",
        "170400fe0acd",
        "180006000201b81284",
        "2b0e0101000001000141",
        "8302"
      })
  void section2x5x1EachAnswerIsFoundInPiecesAndWhole(String hex) throws Exception {
    byte[] pdu = HexFormat.of().parseHex(hex);
    ByteBuffer frame = ByteBuffer.allocate(256);
    rtu.encode(frame, 0, 17, pdu);
    frame.flip();
    for (int length = 0; length < frame.limit(); length++) {
      assertTrue(rtu.decode(ByteBuffer.wrap(frame.array(), 0, length)).isEmpty(), "at " + length);
    }
    assertEquals(
        new Frame(Frame.NO_TRANSACTION, 17, 1, pdu.length, frame.limit()),
        rtu.decode(frame).orElseThrow());
    frame.put(1, (byte) (frame.get(1) ^ 1));
    boolean sameLength = (pdu[0] & 0x7f) != 0;
    if (sameLength && rtuLengthUnchanged(frame)) {
      assertThrows(Framing.DamagedException.class, () -> rtu.decode(frame));
    }
  }

  private boolean rtuLengthUnchanged(ByteBuffer frame) {
    try {
      return rtu.decode(frame).isPresent();
    } catch (Framing.DamagedException damaged) {
      return true;
    }
  }

  /** Section 2.5.2: hexadecimal between colon and CR LF, with an LRC (6.2.1). */
  @Test
  void section2x5x2AsciiFrame() throws Exception {
    ByteBuffer out = ByteBuffer.allocate(513);
    ascii.encode(out, 0, 0xf7, HexFormat.of().parseHex("031389000a"));
    String text = new String(out.array(), 0, out.position(), StandardCharsets.US_ASCII);
    assertEquals(":F7031389000A60\r\n", text);
    ByteBuffer in = ByteBuffer.wrap("noise:01\r:1103020005E5\r\n".getBytes());
    Frame frame = ascii.decode(in).orElseThrow();
    assertEquals(0x11, frame.unit());
    byte[] pdu = new byte[frame.length()];
    in.get(frame.pdu(), pdu);
    assertEquals("03020005", HexFormat.of().formatHex(pdu));
    assertEquals(in.limit(), frame.end());
  }

  @ParameterizedTest
  @ValueSource(strings = {":1103020005E6\r\n", ":11G3020005E5\r\n", ":1103020005E\r\n", ":\r\n"})
  void damagedAsciiFramesAreRefused(String text) {
    ByteBuffer in = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    assertThrows(Framing.DamagedException.class, () -> ascii.decode(in));
  }

  @Test
  void asciiFrameInPieces() throws Exception {
    byte[] all = ":1103020005E5\r\n".getBytes(StandardCharsets.US_ASCII);
    for (int length = 0; length < all.length; length++) {
      assertTrue(ascii.decode(ByteBuffer.wrap(all.clone(), 0, length)).isEmpty(), "at " + length);
    }
  }
}
