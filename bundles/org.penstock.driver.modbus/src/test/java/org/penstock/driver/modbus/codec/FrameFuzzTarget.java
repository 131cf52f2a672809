package org.penstock.driver.modbus.codec;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.type.DataType;

/**
 * What Jazzer calls with each input: the first byte chooses how the rest is read, the second how values
 * are made of it. Refusals in words are no findings; whatever else is thrown is.
 */
public final class FrameFuzzTarget {

  private static final List<Framing> FRAMINGS =
      List.of(new TcpFraming(), new RtuFraming(), new AsciiFraming());

  private FrameFuzzTarget() {}

  /** Called by Jazzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) {
      return;
    }
    int way = (input[0] & 0xff) % (FRAMINGS.size() + 1);
    byte[] bytes = java.util.Arrays.copyOfRange(input, 2, input.length);
    if (way == FRAMINGS.size()) {
      serve(bytes);
    } else {
      decode(FRAMINGS.get(way), bytes, input[1] & 0xff);
    }
  }

  private static void decode(Framing framing, byte[] bytes, int choice) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      Optional<Frame> found = framing.decode(in);
      FrameText.describe(framing, bytes, (choice & 1) == 0);
      if (found.isPresent()) {
        take(in, found.get(), choice);
      }
    } catch (Framing.DamagedException damaged) {
      refused(damaged);
    }
  }

  private static void take(ByteBuffer in, Frame frame, int choice) {
    int end = frame.pdu() + frame.length();
    if (frame.pdu() < 0 || frame.length() < 1 || end > in.limit() || frame.end() > in.limit()) {
      throw new IllegalStateException("a frame beyond its bytes: " + frame);
    }
    ByteBuffer pdu = in.duplicate().limit(end).position(frame.pdu());
    for (Request request : FuzzTest.REQUESTS) {
      if (request.fits(pdu) && Request.exception(pdu) == 0) {
        values(request.payload(pdu), choice);
      }
    }
  }

  private static void values(byte[] data, int choice) {
    DataFormat format = DataFormat.values()[choice % DataFormat.values().length];
    DataType type = DataType.values()[choice % DataType.values().length];
    if (data.length < 2 * format.registers(1)) {
      return;
    }
    try {
      new ValueCodec(format, ByteOrder.of("CDAB"), 1, 3, type).decode(data, 0);
    } catch (IllegalArgumentException misfit) {
      refused(misfit);
    }
  }

  private static void serve(byte[] pdu) {
    if (pdu.length == 0) {
      return;
    }
    try {
      ServerRequest request = ServerRequest.parse(pdu);
      int room = request.answer(new int[request.count()]).length;
      if (request.count() > 2000 || request.function() != 22 && room > 253) {
        throw new IllegalStateException("beyond the bounds of a PDU: " + request);
      }
    } catch (ServerRequest.RefusedException refused) {
      if (refused.error() == null) {
        throw new IllegalStateException("refused without a code", refused);
      }
    }
  }

  private static void refused(Exception reason) {
    if (reason.getMessage() == null || reason.getMessage().isBlank()) {
      throw new IllegalStateException("refused without a reason", reason);
    }
  }
}
