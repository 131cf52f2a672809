package org.penstock.driver.zigbee;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.penstock.driver.zigbee.stick.Stick;

/** Lets devices into the network: for a time, never longer than the protocol allows. Blocks. */
final class Joining {

  static final int LONGEST_S = 254;
  private static final long LIMIT_S = 10;

  private final Coordinator coordinator;
  private final AtomicLong until = new AtomicLong(System.nanoTime());

  Joining(Coordinator coordinator) {
    this.coordinator = coordinator;
  }

  /**
   * Opens the network for so long; 0 closes it.
   *
   * @throws IOException why it could not be done
   */
  void permit(int seconds) throws IOException, InterruptedException {
    if (seconds < 0 || seconds > LONGEST_S) {
      throw new IllegalArgumentException("seconds is " + seconds + ", must be 0 to " + LONGEST_S);
    }
    int status =
        get(coordinator.radioNow().orElseThrow(() -> new IOException(away())).permitJoin(seconds));
    if (status != 0) {
      throw new IOException("the stick refuses to open the network (status " + status + ")");
    }
    until.set(System.nanoTime() + Duration.ofSeconds(seconds).toNanos());
  }

  /** Somebody else has closed it. */
  void closed() {
    until.set(System.nanoTime());
  }

  private String away() {
    return "the stick is away: " + coordinator.linkState().reason();
  }

  /** How long the network is still open; 0 when it is closed. */
  int left() {
    if (coordinator.radioNow().isEmpty()) {
      return 0;
    }
    long left = until.get() - System.nanoTime();
    return left <= 0 ? 0 : (int) TimeUnit.NANOSECONDS.toSeconds(left) + 1;
  }

  /**
   * Lets a device join with the key of its install code.
   *
   * @param code 12, 16, 24 or 36 hexadecimal digits with 4 of checksum behind them
   */
  void installCode(long ieee, String code) throws IOException, InterruptedException {
    String digits = code.replaceAll("[\\s:-]", "");
    if (!digits.matches("[0-9a-fA-F]{16}|[0-9a-fA-F]{20}|[0-9a-fA-F]{28}|[0-9a-fA-F]{36}")) {
      throw new IllegalArgumentException(
          "code must have 16, 20, 28 or 36 hexadecimal digits, the last 4 its checksum");
    }
    byte[] bytes = HexFormat.of().parseHex(digits);
    int told = bytes[bytes.length - 1] << 8 & 0xff00 | bytes[bytes.length - 2] & 0xff;
    if (checksum(bytes, bytes.length - 2) != told) {
      throw new IllegalArgumentException("code is mistyped: its checksum does not fit");
    }
    Stick stick = coordinator.stickNow().orElseThrow(() -> new IOException(away()));
    int status = get(stick.installCode(ieee, bytes));
    if (status != 0) {
      throw new IOException("the stick refuses the install code (status " + status + ")");
    }
  }

  /** CRC-16/X-25 (Base Device Behaviour 10.1.1). */
  private static int checksum(byte[] data, int length) {
    int crc = 0xFFFF;
    for (int i = 0; i < length; i++) {
      crc ^= data[i] & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >> 1 ^ 0x8408 : crc >> 1;
      }
    }
    return ~crc & 0xffff;
  }

  private static int get(CompletableFuture<Integer> answer)
      throws IOException, InterruptedException {
    try {
      return answer.get(LIMIT_S, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException said) {
        throw new IOException(said.getMessage(), failed);
      }
      throw new IOException("the stick does not answer: " + failed.getMessage(), failed);
    } catch (TimeoutException silent) {
      throw new IOException("the stick does not answer: " + silent.getMessage(), silent);
    }
  }
}
