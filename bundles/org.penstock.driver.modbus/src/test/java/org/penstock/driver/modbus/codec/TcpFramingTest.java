package org.penstock.driver.modbus.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The header of Modbus Messaging on TCP/IP Implementation Guide V1.0b, section 3.1.3. */
class TcpFramingTest {

  private final Framing framing = new TcpFraming();

  /** The guide's example (section 4.4.2.1): register 5 of unit FF, transaction 0x1501. */
  @Test
  void section3x1x3Header() throws Exception {
    ByteBuffer out = ByteBuffer.allocate(260);
    framing.encode(out, 0x1501, 0xff, Request.read(Table.HOLDING_REGISTERS, 4, 1).pdu());
    assertEquals(
        "150100000006ff0300040001", HexFormat.of().formatHex(out.array(), 0, out.position()));
    ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex("150100000005ff03020005"));
    Frame frame = framing.decode(in).orElseThrow();
    assertEquals(new Frame(0x1501, 0xff, 7, 4, 11), frame);
  }

  /** If deleted: an answer that arrives in pieces could be lost or misread. */
  @Test
  void waitsForAllPieces() throws Exception {
    byte[] all = HexFormat.of().parseHex("150100000005ff03020005");
    for (int length = 0; length < all.length; length++) {
      assertTrue(framing.decode(ByteBuffer.wrap(all, 0, length)).isEmpty(), "at " + length);
    }
  }

  /** If deleted: after line noise the driver could wait for up to 64 KB that never come. */
  @Test
  void refusesWhatIsNoHeader() {
    for (String wrong : new String[] {"150100010005ff0302", "150100000001ff", "1501000000ff0103"}) {
      ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex(wrong));
      assertThrows(Framing.DamagedException.class, () -> framing.decode(in), wrong);
    }
  }
}
