package org.penstock.simulator.zigbee.znp;

import java.security.SecureRandom;
import java.util.Arrays;
import org.penstock.simulator.zigbee.network.Coordinator;
import org.penstock.simulator.zigbee.network.FrameReader;
import org.penstock.simulator.zigbee.network.FrameWriter;
import org.penstock.simulator.zigbee.network.NetworkParameters;

/**
 * Forms and resumes the network from the items in memory, and keeps the items that mirror it: the network information
 * base (packed, 110 octets), keys and frame counters.
 */
final class ZnpNetwork {

  private static final int USED_EXTENDED_PAN_ID = 0x0047;
  private static final int LINK_KEY_LIST = 0x004C; // a count, then rows of five octets
  private static final int ADDRESS_TABLE = 1;
  private static final int TRUST_CENTRE_KEYS = 4;
  private static final int LINK_KEYS = 6;
  private static final int ROWS = 16;
  private static final int NIB_LENGTH = 110;
  private static final int NIB_CHANNEL = 22;
  private static final int NIB_PAN = 33;
  private static final int NIB_EXTENDED_PAN = 53;
  private static final int COUNTER_STEP =
      1000; // saved now and then: after a power cycle it goes on above

  private final Coordinator coordinator;
  private final ZnpMemory memory;
  private final ZStack version;
  private final SecureRandom random = new SecureRandom();

  ZnpNetwork(Coordinator coordinator, ZnpMemory memory, ZStack version) {
    this.coordinator = coordinator;
    this.memory = memory;
    this.version = version;
    defaults();
  }

  private void defaults() {
    memory.item(ZnpMemory.EXTENDED_ADDRESS, new FrameWriter().u64(coordinator.ieee()).done());
    memory.item(ZnpMemory.STARTUP_OPTION, (byte) 0);
    memory.item(ZnpMemory.PRECONFIGURED_KEY, new byte[16]);
    memory.item(0x0063, (byte) 0);
    memory.item(ZnpMemory.PAN_ID, (byte) 0xFF, (byte) 0xFF);
    memory.item(ZnpMemory.EXTENDED_PAN_ID, new byte[8]);
    memory.item(ZnpMemory.CHANNELS, new FrameWriter().u32(0x0800).done());
    memory.item(0x0087, (byte) 0);
    memory.item(0x008F, (byte) 0);
    memory.item(USED_EXTENDED_PAN_ID, new byte[8]);
    // Up to 1.2 this is an entry of the link key table: address, key, two counters.
    memory.item(ZnpMemory.SEED, version == ZStack.V1_2 ? new byte[32] : randomBytes(16));
    forget();
  }

  private byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private void forget() {
    byte[] nib = new byte[NIB_LENGTH];
    nib[NIB_PAN] = nib[NIB_PAN + 1] = (byte) 0xFF;
    memory.item(ZnpMemory.NIB, nib);
    memory.item(ZnpMemory.ACTIVE_KEY, new byte[17]);
    memory.item(ZnpMemory.ALTERNATE_KEY, new byte[17]);
    memory.item(ZnpMemory.NETWORK_KEY, new byte[21]);
    memory.remove(ZnpMemory.SECURITY_MATERIAL);
    memory.removeTables();
    if (version == ZStack.V3_X_0) {
      emptyTables();
    }
    coordinator.frameCounter(0);
  }

  /** Rows that are free but there, as the firmware lays them out: hosts count them before they write. */
  private void emptyTables() {
    memory.item(LINK_KEY_LIST, new byte[2 + ROWS * 5]);
    byte[] address = new FrameWriter().u8(0).u16(0xFFFF).u64(0).done();
    for (int row = 0; row < ROWS; row++) {
      memory.row(ADDRESS_TABLE, row, address.clone());
      memory.row(TRUST_CENTRE_KEYS, row, new byte[19]);
      memory.row(LINK_KEYS, row, new byte[24]);
      memory.row(ZnpMemory.COUNTER_TABLE, row, new byte[12]);
    }
  }

  /** What a reset does: obeys the startup option, leaves the air. */
  void reset() {
    coordinator.down();
    coordinator.clear();
    byte[] option = memory.item(ZnpMemory.STARTUP_OPTION);
    int bits = option == null || option.length == 0 ? 0 : option[0];
    if ((bits & 1) != 0) {
      defaults();
      for (int id : new int[] {0x0060, 0x0F00}) {
        memory.remove(id);
      }
    } else if ((bits & 2) != 0) {
      forget();
    }
    memory.item(ZnpMemory.STARTUP_OPTION, (byte) 0);
    coordinator.frameCounter(coordinator.frameCounter() + (hasNetwork() ? COUNTER_STEP : 0));
  }

  boolean hasNetwork() {
    byte[] nib = memory.item(ZnpMemory.NIB);
    return nib != null
        && nib.length > NIB_EXTENDED_PAN + 8
        && nib[NIB_CHANNEL] != 0
        && (nib[NIB_PAN] & nib[NIB_PAN + 1] & 0xFF) != 0xFF;
  }

  /** Starts what is in memory. */
  void resume() {
    byte[] nib = memory.item(ZnpMemory.NIB);
    byte[] key = memory.item(ZnpMemory.ACTIVE_KEY);
    int pan = new FrameReader(Arrays.copyOfRange(nib, NIB_PAN, NIB_PAN + 2)).u16();
    byte[] extended = Arrays.copyOfRange(nib, NIB_EXTENDED_PAN, NIB_EXTENDED_PAN + 8);
    coordinator.up(
        new NetworkParameters(
            pan,
            new FrameReader(extended).u64(),
            nib[NIB_CHANNEL],
            key[0] & 0xFF,
            Arrays.copyOfRange(key, 1, 17)),
        false);
  }

  /** Forms a network from what the host wrote; what it left open is drawn. */
  void form() {
    int pan = new FrameReader(memory.item(ZnpMemory.PAN_ID)).u16();
    long wanted = new FrameReader(memory.item(USED_EXTENDED_PAN_ID)).u64();
    long extended =
        wanted != 0 ? wanted : new FrameReader(memory.item(ZnpMemory.EXTENDED_PAN_ID)).u64();
    byte[] key = memory.item(ZnpMemory.PRECONFIGURED_KEY).clone();
    if (Arrays.equals(key, new byte[16])) {
      key = randomBytes(16);
    }
    int channel = firstChannel();
    NetworkParameters made =
        new NetworkParameters(
            pan == 0xFFFF ? 1 + random.nextInt(0xFFFD) : pan,
            extended == 0 || extended == -1 ? coordinator.ieee() : extended,
            channel,
            0,
            key);
    coordinator.frameCounter(0);
    remember(made);
    coordinator.up(made, true);
  }

  private int firstChannel() {
    long mask = new FrameReader(memory.item(ZnpMemory.CHANNELS)).u32();
    int first = Long.numberOfTrailingZeros(mask);
    return first >= 11 && first <= 26 ? first : 11;
  }

  private void remember(NetworkParameters p) {
    byte[] nib = new byte[NIB_LENGTH];
    nib[1] = 5; // passive acknowledgement time-out, retries and the like: TI's usual ones
    nib[2] = 2;
    nib[3] = 50;
    nib[4] = 15;
    nib[5] = 50;
    nib[12] = 5; // security level
    nib[17] = 2; // protocol version
    nib[NIB_CHANNEL] = (byte) p.channel();
    nib[35] = 8; // router in the network
    ZnpMemory.overwrite(nib, NIB_PAN, new FrameWriter().u16(p.panId()).done());
    ZnpMemory.overwrite(nib, 36, new FrameWriter().u32(1L << p.channel()).done());
    ZnpMemory.overwrite(nib, NIB_EXTENDED_PAN, new FrameWriter().u64(p.extendedPanId()).done());
    nib[61] = 1; // key loaded
    memory.item(ZnpMemory.NIB, nib);
    byte[] key = new FrameWriter().u8(p.keySequence()).bytes(p.key()).done();
    memory.item(ZnpMemory.ACTIVE_KEY, key);
    memory.item(ZnpMemory.ALTERNATE_KEY, key.clone());
    ZnpMemory.overwrite(nib, 62, key);
    refresh();
  }

  /** Brings the items that hold the frame counter up to date. */
  void refresh() {
    if (!hasNetwork()) {
      return;
    }
    byte[] nib = memory.item(ZnpMemory.NIB);
    byte[] extended = Arrays.copyOfRange(nib, NIB_EXTENDED_PAN, NIB_EXTENDED_PAN + 8);
    byte[] counter = new FrameWriter().u32(coordinator.frameCounter()).done();
    byte[] material = new FrameWriter().bytes(counter).bytes(extended).done();
    if (version == ZStack.V3_X_0) {
      memory.row(ZnpMemory.COUNTER_TABLE, 0, material);
    } else {
      memory.item(ZnpMemory.SECURITY_MATERIAL, material);
    }
    byte[] key = Arrays.copyOf(memory.item(ZnpMemory.ACTIVE_KEY), 17);
    memory.item(ZnpMemory.NETWORK_KEY, new FrameWriter().bytes(key).bytes(counter).done());
  }

  /** The host has written a frame counter, as when it restores a backup. */
  void counterWritten(byte... material) {
    FrameReader in = new FrameReader(material);
    long counter = in.u32();
    long extendedPan = in.left() >= 8 ? in.u64() : 1;
    if (extendedPan != 0 && extendedPan != -1) { // a free row, and the row for all networks
      coordinator.frameCounter(counter);
    }
  }
}
