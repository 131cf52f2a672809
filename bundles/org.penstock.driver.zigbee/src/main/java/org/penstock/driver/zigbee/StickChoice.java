package org.penstock.driver.zigbee;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.penstock.driver.zigbee.ember.EmberPort;
import org.penstock.driver.zigbee.ember.EmberStick;
import org.penstock.driver.zigbee.link.StickLine;
import org.penstock.driver.zigbee.stick.NetworkSettings;
import org.penstock.driver.zigbee.stick.Stick;
import org.penstock.driver.zigbee.stick.StickKind;
import org.penstock.driver.zigbee.znp.ZnpStick;

/**
 * Makes a stick of the firmware that is configured, or finds out which it has: by ZNP's ping, then by
 * ASH's reset, which each does nothing to the other.
 */
final class StickChoice {

  private static final byte[] ZNP_PING = {(byte) 0xEF, (byte) 0xFE, 0, 0x21, 0x01, 0x20};
  private static final int ZNP_ANSWER = 0xFE026101;
  private static final byte[] ASH_RESET = {0x1A, (byte) 0xC0, 0x38, (byte) 0xBC, 0x7E};
  private static final int ASH_ANSWER = 0xC102; // reset done, version 2
  private static final long PING_MS = 700;
  private static final long RESET_MS = 2_500;

  private final StickKind configured;
  private final AtomicReference<StickKind> known;

  StickChoice(StickKind configured) {
    this.configured = configured;
    this.known = new AtomicReference<>(configured);
  }

  /**
   * A stick that is not open yet.
   *
   * @throws IOException when nobody answers in either protocol
   */
  Stick make(
      String name,
      StickLine.Opener opener,
      NetworkSettings settings,
      Duration answerLimit,
      Consumer<String> lost)
      throws IOException, InterruptedException {
    if (known.get() == StickKind.AUTO) {
      known.set(ask(name, opener));
    }
    Stick.Maker maker = known.get() == StickKind.EZSP ? EmberStick::new : ZnpStick::new;
    return maker.make(name, opener, settings, answerLimit, lost);
  }

  /** The stick could not be opened: it may be another one by now. */
  void failed() {
    known.set(configured);
  }

  private static StickKind ask(String name, StickLine.Opener opener)
      throws IOException, InterruptedException {
    EmberPort port = new EmberPort(name, opener, why -> {});
    try {
      if (!port.open()) {
        throw new IOException(port.problem());
      }
      if (answers(port, ZNP_PING, ZNP_ANSWER, 0xFFFFFFFF, PING_MS)) {
        return StickKind.ZNP;
      }
      if (answers(port, ASH_RESET, ASH_ANSWER, 0xFFFF, RESET_MS)) {
        return StickKind.EZSP;
      }
      if (answers(port, ZNP_PING, ZNP_ANSWER, 0xFFFFFFFF, PING_MS)) {
        return StickKind.ZNP;
      }
      throw new IOException(
          "the stick answers neither as Z-Stack (ZNP) nor as EmberZNet (EZSP); is it a coordinator,"
              + " and is baud.rate right?");
    } finally {
      port.close();
    }
  }

  private static boolean answers(EmberPort port, byte[] question, int answer, int mask, long limit)
      throws InterruptedException {
    int[] octets = new int[question.length];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = question[i] & 0xff;
    }
    port.write(octets);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limit);
    int last = 0;
    while (end - System.nanoTime() > 0) {
      int octet = port.read((int) TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) + 1);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      last = octet < 0 ? last : last << 8 | octet;
      if (octet >= 0 && (last & mask) == answer) {
        return true;
      }
    }
    return false;
  }
}
