package org.penstock.driver.modbus.codec;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.eclipse.kura.type.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Frames that nobody would send. Guided by outcome: a frame that leads to something not seen before (a
 * shape of frame, an error, a function with its length) joins those that are mutated further. 200,000
 * frames, with {@code -Dpenstock.all=true} 12 million. If deleted: a byte on the wire could end the
 * link's thread, or a damaged frame be taken for values.
 */
@Timeout(1_500)
class FuzzTest {

  private static final int FRAMES = Boolean.getBoolean("penstock.all") ? 12_000_000 : 200_000;
  private static final int MOST_SEEDS = 4_000;
  static final List<Request> REQUESTS =
      List.of(
          Request.read(Table.COILS, 0x13, 0x13),
          Request.read(Table.HOLDING_REGISTERS, 0x6b, 3),
          Request.read(Table.INPUT_REGISTERS, 8, 1),
          Request.writeCoil(0xac, true),
          Request.writeRegisters(1, new byte[] {0, 1, 2, 3}),
          Request.maskWrite(4, 0xf2, 0x25),
          Request.writeAndRead(3, 2, 14, new byte[] {0, 1}),
          Request.readFile(4, 1, 2),
          Request.readQueue(0x4de),
          Request.diagnostics(0, 7),
          Request.readExceptionStatus(),
          Request.readEventCounter(),
          Request.readServerId(),
          Request.identify(1, 0));
  static final List<String> ANSWERS =
      List.of(
          "0103cd6b05",
          "0306022b00000064",
          "0402000a",
          "0500acff00",
          "1000010002",
          "16000400f20025",
          "170400fe0acd",
          "140605060dfe0020",
          "180006000201b81284",
          "0800000007",
          "076d",
          "0bffff0108",
          "110309ff41",
          "2b0e0101000001000141",
          "8302",
          "9001");

  private final Random random = new Random(20_261_127);
  private final List<byte[]> seeds = new ArrayList<>();
  private final Set<String> outcomes = new HashSet<>();

  @Test
  void framesOfTcp() {
    fuzz(new TcpFraming());
  }

  @Test
  void framesOfRtu() {
    fuzz(new RtuFraming());
  }

  @Test
  void framesOfAscii() {
    fuzz(new AsciiFraming());
  }

  @Test
  void requestsToTheServer() {
    for (Request request : REQUESTS) {
      seeds.add(request.pdu());
    }
    for (int i = 0; i < FRAMES / 4; i++) {
      byte[] pdu = mutated(seeds.get(random.nextInt(seeds.size())));
      if (pdu.length > 0) {
        learn(pdu, server(pdu));
      }
    }
  }

  private static String server(byte[] pdu) {
    try {
      ServerRequest request = ServerRequest.parse(pdu);
      assertTrue(request.count() <= 2000 && request.written().length <= 1968, "a bound");
      int room = request.answer(new int[request.count()]).length;
      assertTrue(request.function() == 22 || room <= 253, "an answer too long");
      return request.function() + "/" + Math.min(9, request.count());
    } catch (ServerRequest.RefusedException refused) {
      return refused.error().name();
    }
  }

  private void fuzz(Framing framing) {
    for (String answer : ANSWERS) {
      ByteBuffer out = ByteBuffer.allocate(framing.longest());
      framing.encode(out, 0x1501, 17, HexFormat.of().parseHex(answer));
      byte[] frame = new byte[out.flip().remaining()];
      out.get(frame);
      seeds.add(frame);
    }
    for (int i = 0; i < FRAMES / 4; i++) {
      byte[] frame = mutated(seeds.get(random.nextInt(seeds.size())));
      learn(frame, outcome(framing, frame));
    }
    assertTrue(outcomes.size() > 10, "only " + outcomes);
  }

  private void learn(byte[] bytes, String outcome) {
    if (seeds.size() < MOST_SEEDS && outcomes.add(outcome)) {
      seeds.add(bytes);
    }
  }

  private String outcome(Framing framing, byte[] frame) {
    String hex = HexFormat.of().formatHex(frame);
    ByteBuffer in = ByteBuffer.allocate(frame.length + 3);
    in.put(frame).flip();
    try {
      Optional<Frame> found = framing.decode(in);
      FrameText.describe(framing, frame, random.nextBoolean());
      return found.isEmpty() ? "incomplete" : answer(in, found.get(), hex);
    } catch (Framing.DamagedException damaged) {
      return damaged.getMessage();
    } catch (IndexOutOfBoundsException | IllegalArgumentException bug) {
      return fail(framing + " " + hex, bug);
    }
  }

  private String answer(ByteBuffer in, Frame frame, String hex) {
    boolean inside =
        frame.pdu() >= 0
            && frame.length() >= 1
            && frame.pdu() + frame.length() <= in.limit()
            && frame.end() <= in.limit()
            && frame.end() > 0;
    assertTrue(inside, () -> "frame beyond its bytes: " + frame + " of " + hex);
    ByteBuffer pdu = in.duplicate().limit(frame.pdu() + frame.length()).position(frame.pdu());
    StringBuilder fits = new StringBuilder();
    for (Request request : REQUESTS) {
      if (request.fits(pdu)) {
        int exception = Request.exception(pdu);
        fits.append(request.function()).append(exception == 0 ? "=" : "!");
        if (exception == 0) {
          values(request.payload(pdu));
        }
      }
    }
    return "frame " + (in.get(frame.pdu()) & 0xff) + " " + Math.min(20, frame.length()) + fits;
  }

  private void values(byte[] data) {
    DataFormat format = DataFormat.values()[random.nextInt(DataFormat.values().length)];
    if (data.length < 2 * format.registers(1)) {
      return;
    }
    DataType type = DataType.values()[random.nextInt(DataType.values().length)];
    try {
      new ValueCodec(format, ByteOrder.of("CDAB"), 1, 3, type).decode(data, 0);
    } catch (IllegalArgumentException misfit) {
      assertTrue(!misfit.getMessage().isBlank(), "a misfit says why");
    }
  }

  private byte[] mutated(byte[] seed) {
    byte[] bytes = seed.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes = once(bytes);
    }
    return bytes;
  }

  private byte[] once(byte[] bytes) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(6)) {
      case 0 -> java.util.Arrays.copyOf(bytes, at);
      case 1 -> joined(bytes, at, seeds.get(random.nextInt(seeds.size())));
      case 2 -> joined(bytes, at, new byte[] {(byte) random.nextInt(256)});
      case 3 -> {
        bytes[at] = (byte) new int[] {0, 1, 0x7f, 0x80, 0xff, 0xfd, 0x3a, 0x0a}[random.nextInt(8)];
        yield bytes;
      }
      default -> {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        yield bytes;
      }
    };
  }

  private static byte[] joined(byte[] bytes, int at, byte[] more) {
    int length = Math.min(600, bytes.length + more.length);
    byte[] all = java.util.Arrays.copyOf(bytes, length);
    for (int i = 0; i < more.length && at + i < length; i++) {
      all[at + i] = more[i];
    }
    for (int i = at; i < bytes.length && i + more.length < length; i++) {
      all[i + more.length] = bytes[i];
    }
    return all;
  }
}
