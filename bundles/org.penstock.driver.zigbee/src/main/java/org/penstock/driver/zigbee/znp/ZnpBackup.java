package org.penstock.driver.zigbee.znp;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.penstock.driver.zigbee.codec.ByteReader;
import org.penstock.driver.zigbee.codec.ByteWriter;
import org.penstock.driver.zigbee.codec.ZnpFrame;
import org.penstock.driver.zigbee.stick.NetworkBackup;
import org.penstock.driver.zigbee.stick.NetworkState;

/** The key and the frame counter in a stick's memory. Blocks: not for the reader's thread. */
final class ZnpBackup {

  private static final int Z_STACK_3_X = 1;
  private static final int SECURITY_MATERIAL = 0x0075;
  private static final int NV_READ = 0x33;
  private static final int NV_WRITE = 0x34;
  private static final int Z_STACK = 1;
  private static final int COUNTERS = 7;
  private static final int MOST_ROWS = 16;
  private static final int ROW = 12;
  private static final int KEY = 16;

  private final ZnpMemory memory;
  private final boolean hasTables;

  private ZnpBackup(ZnpMemory memory, boolean hasTables) {
    this.memory = memory;
    this.hasTables = hasTables;
  }

  static ZnpBackup of(ZnpMemory memory) throws IOException, InterruptedException {
    byte[] version = memory.ask(ZnpFrame.sreq(ZnpMemory.SYS, 0x02)).data();
    return new ZnpBackup(memory, version.length > 1 && version[1] == Z_STACK_3_X);
  }

  /** The network's key in use; empty when the stick does not tell it. */
  Optional<byte[]> key() throws IOException, InterruptedException {
    return memory
        .read(ZnpMemory.ACTIVE_KEY)
        .filter(item -> item.length > KEY)
        .map(item -> Arrays.copyOfRange(item, 1, 1 + KEY))
        .filter(key -> !Arrays.equals(key, new byte[KEY]));
  }

  NetworkBackup read(NetworkState state) throws IOException, InterruptedException {
    byte[] key = key().orElseThrow(() -> new IOException("the stick does not tell its key"));
    int sequence = memory.read(ZnpMemory.ACTIVE_KEY).orElseThrow()[0] & 0xff;
    return new NetworkBackup(
        state.ieee(),
        state.panId(),
        state.extendedPanId(),
        state.channel(),
        key,
        sequence,
        readCounter(state.extendedPanId()));
  }

  private long readCounter(long extendedPanId) throws IOException, InterruptedException {
    if (!hasTables) {
      byte[] item =
          memory
              .read(SECURITY_MATERIAL)
              .orElseThrow(() -> new IOException("the stick does not tell its frame counter"));
      return new ByteReader(item).u32();
    }
    for (int row = 0; row < MOST_ROWS; row++) {
      byte[] request = new ByteWriter().u8(Z_STACK).u16(COUNTERS).u16(row).u16(0).u8(ROW).toBytes();
      ByteReader answer =
          new ByteReader(memory.ask(ZnpFrame.sreq(ZnpMemory.SYS, NV_READ, request)).data());
      if (answer.u8() == 0 && answer.u8() == ROW) {
        long counter = answer.u32();
        if (answer.u64() == extendedPanId) {
          return counter;
        }
      }
    }
    throw new IOException("the stick does not tell its frame counter");
  }

  /** Puts a counter that is surely higher than the last one; the stick takes it when it is reset. */
  void counter(NetworkBackup backup) throws IOException, InterruptedException {
    byte[] material =
        new ByteWriter().u32(backup.safeCounter()).u64(backup.extendedPanId()).toBytes();
    if (!hasTables) {
      memory.write(SECURITY_MATERIAL, material);
      return;
    }
    byte[] request =
        new ByteWriter().u8(Z_STACK).u16(COUNTERS).u16(0).u16(0).u8(ROW).bytes(material).toBytes();
    memory.demand(ZnpFrame.sreq(ZnpMemory.SYS, NV_WRITE, request), "take the frame counter");
  }
}
