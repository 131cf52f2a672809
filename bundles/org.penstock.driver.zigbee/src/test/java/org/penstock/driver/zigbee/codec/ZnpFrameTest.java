package org.penstock.driver.zigbee.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes on a ZNP line. */
final class ZnpFrameTest {

  /** If deleted: a stick could refuse every frame of ours (general frame format, FCS). */
  @Test
  void frameHasTheBytesOfTheFormat() {
    // ping; and the dongle's answer with the capabilities 0x0779
    assertEquals("fe00210120", hex(ZnpFrame.sreq(1, 1).encode()));
    ZnpFrame answer = new ZnpFrame(ZnpFrame.Type.SRSP, 1, 1, new byte[] {0x79, 0x07});
    assertEquals("fe02610179071c", hex(answer.encode()));
  }

  /** If deleted: the boot loader's stray byte, line noise or a damaged frame could end a link. */
  @Test
  void findsFramesBehindStrayBytesAndDamage() {
    List<ZnpFrame> got = parse("ef" + "fe026101790799" + "fe02610179071c" + "00fe" + "fe00210120");
    assertEquals(List.of("SRSP 01 01 7907", "SREQ 01 01 "), text(got));
  }

  /** If deleted: a frame cut by the line's buffers could be lost. */
  @Test
  void bytesMayComeOneByOne() {
    ZnpParser parser = new ZnpParser();
    List<ZnpFrame> got = new ArrayList<>();
    for (byte b : HexFormat.of().parseHex("fe02610179071c")) {
      parser.feed(new byte[] {b}, 0, 1, got::add);
    }
    assertEquals(1, got.size());
    assertEquals(0, parser.garbled());
  }

  /** If deleted: a broken-off frame could swallow the whole one that follows it. */
  @Test
  void truncatedFrameLosesAtMostWhatItPromised() {
    List<ZnpFrame> got = parse("fe05610179" + "fe02610179071c" + "fe00210120");
    assertTrue(text(got).contains("SREQ 01 01 "), text(got).toString());
    assertTrue(text(got).contains("SRSP 01 01 7907"), text(got).toString());
  }

  /** If deleted: some sequence of bytes could throw in the reader's thread and end the link. */
  @Test
  void everyFrameIsFoundBehindAnyNoise() {
    Random random = new Random(20261128);
    int lost = 0;
    for (int round = 0; round < 2_000; round++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      byte[] data = new byte[random.nextInt(ZnpFrame.MAX_DATA + 1)];
      random.nextBytes(data);
      ZnpFrame frame = new ZnpFrame(ZnpFrame.Type.AREQ, 4, 0x81, data);
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      stream.writeBytes(noise);
      stream.writeBytes(frame.encode());
      stream.writeBytes(new byte[ZnpFrame.MAX_DATA + 5]); // whatever the noise promised has come
      List<ZnpFrame> got = new ArrayList<>();
      ZnpParser parser = new ZnpParser();
      byte[] all = stream.toByteArray();
      parser.feed(all, 0, all.length, got::add);
      if (got.stream().noneMatch(f -> f.toString().equals(frame.toString()))) {
        lost++; // noise made a longer frame, whose checksum was right by chance (1 of 256)
      }
    }
    assertTrue(lost < 40, lost + " of 2000 frames lost");
  }

  /** If deleted: too long data could be sent with a wrong length. */
  @Test
  void tooLongDataIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> ZnpFrame.sreq(4, 1, new byte[251]));
    assertArrayEquals(new byte[0], ZnpFrame.sreq(1, 1).data());
  }

  private static List<ZnpFrame> parse(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    List<ZnpFrame> got = new ArrayList<>();
    new ZnpParser().feed(bytes, 0, bytes.length, got::add);
    return got;
  }

  private static List<String> text(List<ZnpFrame> frames) {
    return frames.stream().map(ZnpFrame::toString).toList();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
