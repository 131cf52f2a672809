package org.penstock.driver.lorawan.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What Jazzer calls with each input: the first byte says what it is read as. */
public final class LorawanFuzzTarget {

  private static final AesKey KEY = AesKey.parse("0123456789abcdef0123456789abcdef");

  /** The system property that names the only {@link Kind} of an input; empty for any. */
  static final String KIND = "penstock.lorawan.fuzz";

  private static final String ONLY = System.getProperty(KIND, "");

  /** What an input is read as. */
  enum Kind {
    FRAME,
    DATAGRAM,
    STATION,
    ROUTER,
    JOIN_ACCEPT,
    COMMANDS
  }

  private LorawanFuzzTarget() {}

  private static Kind kind(byte... input) {
    if (!ONLY.isEmpty()) {
      return Kind.valueOf(ONLY);
    }
    return switch (input.length == 0 ? 0 : input[0] & 7) {
      case 0 -> Kind.FRAME;
      case 1 -> Kind.DATAGRAM;
      case 2 -> Kind.JOIN_ACCEPT;
      case 4, 5 -> Kind.STATION;
      case 6 -> Kind.ROUTER;
      default -> Kind.COMMANDS;
    };
  }

  /** Called by Jazzer; whatever is thrown but a refusal in words is a finding. */
  public static void fuzzerTestOneInput(byte[] input) {
    byte[] rest = input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
    try {
      switch (kind(input)) {
        case FRAME -> frame(rest);
        case DATAGRAM -> datagram(rest);
        case STATION -> StationJson.parse(new String(rest, StandardCharsets.UTF_8));
        case ROUTER -> StationJson.router(new String(rest, StandardCharsets.UTF_8));
        case JOIN_ACCEPT -> JoinAccept.decode(rest, KEY);
        default -> {
          MacCommand.Parsed parsed = MacCommand.parse(rest, rest.length % 2 == 0);
          byte[] again = MacCommand.encode(parsed.commands());
          if (!Arrays.equals(again, Arrays.copyOf(rest, again.length))) {
            throw new IllegalStateException("commands do not survive");
          }
        }
      }
    } catch (FrameException refused) {
      if (refused.getMessage() == null || refused.getMessage().isBlank()) {
        throw new IllegalStateException("refused without a reason", refused);
      }
    }
  }

  private static void frame(byte[] bytes) throws FrameException {
    PhyPayload phy = PhyPayload.parse(bytes);
    if (phy instanceof JoinRequest join) {
      join.signedBy(KEY);
    } else if (phy instanceof DataFrame data) {
      data.signedBy(KEY, data.counter());
      byte[] clear = data.deciphered(KEY, data.counter());
      DataFrame plain =
          new DataFrame(
              data.type(),
              data.devAddr(),
              data.flags(),
              data.counter(),
              data.options(),
              data.port(),
              clear,
              0);
      byte[] again = plain.encode(KEY, KEY, data.counter());
      if (!Arrays.equals(
          Arrays.copyOf(bytes, bytes.length - 4), Arrays.copyOf(again, again.length - 4))) {
        throw new IllegalStateException("a frame does not survive");
      }
    }
  }

  private static void datagram(byte[] bytes) throws FrameException {
    Datagram datagram = Datagram.parse(bytes);
    if (datagram.kind() == Datagram.Kind.PUSH_DATA) {
      for (Reception reception : ForwarderJson.push(datagram.json()).receptions()) {
        frame(reception.bytes());
      }
    } else if (datagram.kind() == Datagram.Kind.TX_ACK) {
      ForwarderJson.refusal(datagram.json());
    }
  }
}
