package org.penstock.driver.zigbee.znp;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.penstock.driver.zigbee.codec.ByteReader;
import org.penstock.driver.zigbee.codec.ByteWriter;
import org.penstock.driver.zigbee.codec.ZnpFrame;

/** A stick's non-volatile items, and waiting for its answers. Blocks: not for the reader's thread. */
final class ZnpMemory {

  static final int STARTUP_OPTION = 0x0003;
  static final int EXTENDED_PAN_ID = 0x002D;
  static final int ACTIVE_KEY = 0x003A;
  static final int CONFIGURED_3X = 0x0060;
  static final int NETWORK_KEY = 0x0062;
  static final int KEYS_ENABLED = 0x0063;
  static final int PAN_ID = 0x0083;
  static final int CHANNELS = 0x0084;
  static final int LOGICAL_TYPE = 0x0087;
  static final int DIRECT_CALLBACKS = 0x008F;
  static final int CONFIGURED_12 = 0x0F00;

  static final int SYS = 1;
  private static final int ITEM_INIT = 0x07;
  private static final int READ = 0x08;
  private static final int WRITE = 0x09;
  private static final int EXISTED = 0x00;
  private static final int CREATED = 0x09;
  private static final long LONGEST_WAIT_S = 60;

  private final ZnpLink link;

  ZnpMemory(ZnpLink link) {
    this.link = link;
  }

  /** The item's bytes; empty when there is no such item. */
  Optional<byte[]> read(int item) throws IOException, InterruptedException {
    byte[] request = new ByteWriter().u16(item).u8(0).toBytes();
    ByteReader answer = new ByteReader(ask(ZnpFrame.sreq(SYS, READ, request)).data());
    if (answer.u8() != 0) {
      return Optional.empty();
    }
    return Optional.of(answer.bytes(answer.u8()));
  }

  /** Writes the item, and makes it when there is none. */
  void write(int item, byte... value) throws IOException, InterruptedException {
    byte[] init =
        new ByteWriter().u16(item).u16(value.length).u8(value.length).bytes(value).toBytes();
    int status = status(ask(ZnpFrame.sreq(SYS, ITEM_INIT, init)));
    if (status == CREATED) {
      return;
    }
    byte[] write = new ByteWriter().u16(item).u8(0).u8(value.length).bytes(value).toBytes();
    if (status == EXISTED) {
      status = status(ask(ZnpFrame.sreq(SYS, WRITE, write)));
    }
    if (status != 0) {
      throw new IOException("the stick can't store item %04x (status %d)".formatted(item, status));
    }
  }

  /** Sends and waits. */
  ZnpFrame ask(ZnpFrame request) throws IOException, InterruptedException {
    try {
      return get(link.request(request), Duration.ofSeconds(LONGEST_WAIT_S));
    } catch (IOException failed) {
      throw new IOException(
          "command %02x %02x: %s"
              .formatted(request.subsystem(), request.command(), failed.getMessage()),
          failed);
    }
  }

  /** Sends and waits for an answer of status 0. */
  void demand(ZnpFrame request, String what) throws IOException, InterruptedException {
    int status = status(ask(request));
    if (status != 0) {
      throw new IOException("the stick refuses to " + what + " (status " + status + ")");
    }
  }

  static <T> T get(Future<T> future, Duration limit) throws IOException, InterruptedException {
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new IOException("no answer in time", late);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      String why = cause instanceof TimeoutException ? "no answer in time" : cause.getMessage();
      throw new IOException(why, cause);
    }
  }

  private static int status(ZnpFrame answer) {
    return new ByteReader(answer.data()).u8();
  }
}
