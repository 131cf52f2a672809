package org.penstock.simulator.zigbee.ezsp;

import java.util.HashMap;
import java.util.Map;
import org.penstock.simulator.zigbee.network.Coordinator;
import org.penstock.simulator.zigbee.network.FrameReader;
import org.penstock.simulator.zigbee.network.FrameWriter;
import org.penstock.simulator.zigbee.network.NetworkParameters;

/** Forming, resuming and leaving, security state and keys: what the stick keeps in its tokens. */
final class EzspNetwork {

  static final int NOT_JOINED = 0x93;
  static final int UP = 0x90;
  static final int DOWN = 0x91;

  private static final int NO_COUNTER_RESET = 0x1000;
  private static final int COUNTER_STEP = 1000;
  private static final int INVALID_CALL = 0x70;
  private static final int NOT_FOUND = 0x23;

  private final Coordinator coordinator;
  private final Map<Integer, byte[]> tokens = new HashMap<>();
  private NetworkParameters kept;
  private byte[] linkKey = new byte[16];
  private byte[] networkKey = new byte[16];
  private int keySequence;
  private int securityBits;
  private int power = 5;

  EzspNetwork(Coordinator coordinator) {
    this.coordinator = coordinator;
  }

  /** The stick starts anew: off the air until the host asks for the network. */
  void restart() {
    coordinator.down();
    coordinator.clear();
    if (kept != null) {
      coordinator.frameCounter(coordinator.frameCounter() + COUNTER_STEP);
    }
  }

  int resume() {
    if (kept == null) {
      return NOT_JOINED;
    }
    coordinator.up(kept, false);
    return 0;
  }

  int form(FrameReader in) {
    if (coordinator.isUp()) {
      return INVALID_CALL;
    }
    long extended = in.u64();
    int pan = in.u16();
    power = (byte) in.u8();
    int channel = in.u8();
    kept = new NetworkParameters(pan, extended, channel, keySequence, networkKey.clone());
    if ((securityBits & NO_COUNTER_RESET) == 0) {
      coordinator.frameCounter(0);
    }
    coordinator.up(kept, true);
    return 0;
  }

  int leave() {
    if (!coordinator.isUp()) {
      return INVALID_CALL;
    }
    coordinator.down();
    kept = null;
    return 0;
  }

  byte[] parameters() {
    boolean up = coordinator.isUp();
    FrameWriter out = new FrameWriter().u8(up ? 0 : NOT_JOINED).u8(up ? 1 : 0);
    NetworkParameters p = up ? kept : new NetworkParameters(0xFFFF, 0, 0, 0, new byte[16]);
    return out.u64(p.extendedPanId())
        .u16(p.panId())
        .u8(power)
        .u8(p.channel())
        .u8(0)
        .u16(0)
        .u8(0)
        .u32(0x07FFF800)
        .done();
  }

  int security(FrameReader in) {
    securityBits = in.u16();
    byte[] link = in.bytes(16);
    byte[] key = in.bytes(16);
    keySequence = in.u8();
    if ((securityBits & 0x0100) != 0) {
      linkKey = link;
    }
    if ((securityBits & 0x0200) != 0) {
      networkKey = key;
    }
    return 0;
  }

  byte[] currentSecurity() {
    return new FrameWriter()
        .u8(coordinator.isUp() ? 0 : NOT_JOINED)
        .u16(securityBits & 0x00FF | 0x0014)
        .u64(coordinator.ieee())
        .done();
  }

  /** Exports the network key (type 1) or the trust centre's link key (2): key, then a status of four octets. */
  byte[] exportKey(FrameReader in) {
    int type = in.u8();
    boolean known = kept != null && (type == 1 || type == 2);
    byte[] key = type == 1 && kept != null ? kept.key() : linkKey;
    return new FrameWriter().bytes(known ? key : new byte[16]).u32(known ? 0 : NOT_FOUND).done();
  }

  byte[] keyInformation() {
    return new FrameWriter()
        .u32(coordinator.isUp() ? 0 : NOT_JOINED)
        .u8(1)
        .u8(0)
        .u8(kept == null ? 0 : kept.keySequence())
        .u8(0)
        .u32(coordinator.frameCounter())
        .done();
  }

  /** Sets the outgoing counter, as when a backup is restored; only off the air. */
  void counter(byte... value) {
    if (!coordinator.isUp() && value.length == 4) {
      coordinator.frameCounter(new FrameReader(value).u32());
    }
  }

  /** A manufacturing token, FF until it was written. */
  byte[] token(int id) {
    byte[] value = tokens.getOrDefault(id, ff(id == 0x0B || id == 0x0D ? 8 : 16));
    return new FrameWriter().u8(value.length).bytes(value).done();
  }

  void token(int id, byte... value) {
    tokens.put(id, value);
  }

  private static byte[] ff(int length) {
    byte[] value = new byte[length];
    java.util.Arrays.fill(value, (byte) 0xFF);
    return value;
  }
}
