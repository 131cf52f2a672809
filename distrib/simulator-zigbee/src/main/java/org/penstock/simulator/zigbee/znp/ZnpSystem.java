package org.penstock.simulator.zigbee.znp;

import org.penstock.simulator.zigbee.network.FrameReader;
import org.penstock.simulator.zigbee.network.FrameWriter;

/** SYS commands other than reset: ping, version, non-volatile memory. */
final class ZnpSystem {

  private static final int FAILED = 0x0A;
  private static final int CREATED = 0x09;
  private static final int BAD_LENGTH = 0x0C;
  private static final int INVALID = 0x02;
  private static final int MOST_READ = 246;

  private final ZStack version;
  private final ZnpMemory memory;
  private final ZnpNetwork network;

  ZnpSystem(ZStack version, ZnpMemory memory, ZnpNetwork network) {
    this.version = version;
    this.memory = memory;
    this.network = network;
  }

  /** Whether a command goes to the memory, which may be slow. */
  static boolean isMemory(int command) {
    return command >= 0x07 && command <= 0x09
        || command >= 0x12 && command <= 0x13
        || command == 0x1C
        || command == 0x1D
        || command >= 0x30 && command <= 0x34;
  }

  /** Answer to a synchronous request, null when it is not known. */
  byte[] answer(int command, FrameReader in) {
    if (isMemory(command)) {
      network.refresh();
    }
    return switch (command) {
      case 0x01 -> new FrameWriter().u16(0x0779).done();
      case 0x02 -> version();
      case 0x04 -> memory.item(ZnpMemory.EXTENDED_ADDRESS).clone();
      case 0x07 -> create(in.u16(), in.u16(), in);
      case 0x08 -> read(in.u16(), in.u8());
      case 0x09 -> write(in.u16(), in.u8(), in.bytes(in.u8()));
      case 0x12 -> status(delete(in.u16(), in.u16()));
      case 0x13 -> new FrameWriter().u16(length(memory.item(in.u16()))).done();
      case 0x14 -> new byte[] {(byte) in.u8()};
      case 0x1C -> read(in.u16(), in.u16());
      case 0x1D -> write(in.u16(), in.u16(), in.bytes(in.u16()));
      default -> version == ZStack.V3_X_0 ? table(command, in) : null;
    };
  }

  private byte[] version() {
    return new FrameWriter()
        .u8(2)
        .u8(version.product)
        .u8(version.major)
        .u8(version.minor)
        .u8(version.maintenance)
        .u32(version.revision)
        .done();
  }

  private static byte[] status(int status) {
    return new byte[] {(byte) status};
  }

  private static int length(byte... value) {
    return value == null ? 0 : value.length;
  }

  private byte[] create(int id, int size, FrameReader in) {
    if (memory.item(id) != null) {
      return status(0);
    }
    byte[] value = new byte[size];
    byte[] first = in.bytes(in.u8());
    System.arraycopy(first, 0, value, 0, Math.min(first.length, size));
    memory.item(id, value);
    return status(CREATED);
  }

  private byte[] read(int id, int offset) {
    byte[] part = ZnpMemory.part(memory.item(id), offset, MOST_READ);
    return part == null
        ? new byte[] {INVALID, 0}
        : new FrameWriter().u8(0).u8(part.length).bytes(part).done();
  }

  private byte[] write(int id, int offset, byte... part) {
    if (!ZnpMemory.overwrite(memory.item(id), offset, part)) {
      return status(memory.item(id) == null ? INVALID : FAILED);
    }
    if (id == ZnpMemory.SECURITY_MATERIAL) {
      network.counterWritten(memory.item(id));
    }
    if (id == ZnpMemory.NETWORK_KEY) {
      network.counterWritten(ZnpMemory.part(memory.item(id), 17, 4));
    }
    return status(0);
  }

  private int delete(int id, int size) {
    byte[] value = memory.item(id);
    if (value == null) {
      return CREATED; // "uninitialised" has the same number
    }
    if (value.length != size) {
      return BAD_LENGTH;
    }
    memory.remove(id);
    return 0;
  }

  private byte[] table(int command, FrameReader in) {
    if (command < 0x30 || command > 0x34) {
      return null;
    }
    in.u8(); // system id, always Z-Stack's
    int item = in.u16();
    int sub = in.u16();
    byte[] row = memory.row(item, sub);
    return switch (command) {
      case 0x30 -> {
        int size = (int) in.u32();
        if (row == null) {
          memory.row(item, sub, new byte[size]);
        }
        yield status(row == null ? CREATED : 0);
      }
      case 0x31 -> status(memory.removeRow(item, sub) ? 0 : CREATED);
      case 0x32 -> new FrameWriter().u32(length(row)).done();
      case 0x33 -> {
        byte[] part = ZnpMemory.part(row, in.u16(), in.u8());
        yield part == null
            ? new byte[] {FAILED, 0}
            : new FrameWriter().u8(0).u8(part.length).bytes(part).done();
      }
      default -> writeRow(item, sub, row, in);
    };
  }

  private byte[] writeRow(int item, int sub, byte[] row, FrameReader in) {
    int offset = in.u16();
    byte[] part = in.bytes(in.u8());
    byte[] target = row == null ? new byte[offset + part.length] : row;
    boolean written = ZnpMemory.overwrite(target, offset, part);
    if (written) {
      memory.row(item, sub, target);
      if (item == ZnpMemory.COUNTER_TABLE) {
        network.counterWritten(target);
      }
    }
    return status(written ? 0 : FAILED);
  }
}
