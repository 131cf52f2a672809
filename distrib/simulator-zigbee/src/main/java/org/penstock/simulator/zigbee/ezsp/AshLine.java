package org.penstock.simulator.zigbee.ezsp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;
import org.penstock.simulator.zigbee.network.Coordinator;

/**
 * The stick's end of ASH (UG101): stuffing, checksum, randomising, acknowledgements, repetition. One data frame is on its
 * way at a time, which ASH allows.
 */
final class AshLine {

  private static final int FLAG = 0x7E;
  private static final int ESCAPE = 0x7D;
  private static final int CANCEL = 0x1A;
  private static final int SUBSTITUTE = 0x18;
  private static final int RST = 0xC0;
  private static final int RSTACK = 0xC1;
  private static final int VERSION = 2;
  private static final int REPEAT_MILLIS = 1600;
  private static final int MOST_REPEATS = 5;

  private final Coordinator coordinator;
  private final Consumer<byte[]> line;
  private final Consumer<byte[]> received;
  private final Runnable hostResets;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private byte[] onItsWay;
  private int repeats;
  private int nextToSend;
  private int nextExpected;
  private boolean isConnected;
  private boolean isEscaped;
  private boolean isBroken;
  private boolean rejected;
  private long generation;

  /** Gives the payloads of data frames to one, and a reset by the host to the other. */
  AshLine(
      Coordinator coordinator,
      Consumer<byte[]> line,
      Consumer<byte[]> received,
      Runnable hostResets) {
    this.coordinator = coordinator;
    this.line = line;
    this.received = received;
    this.hostResets = hostResets;
  }

  /** CRC-CCITT, begun with FFFF, most significant bit first. */
  static int crc(byte[] data, int length) {
    int crc = 0xFFFF;
    for (int i = 0; i < length; i++) {
      crc ^= (data[i] & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
      }
    }
    return crc & 0xFFFF;
  }

  /** XOR with the pseudo-random sequence; the same way back. */
  static byte[] randomise(byte[] frame, int from, int to) {
    byte[] out = frame.clone();
    int register = 0x42;
    for (int i = from; i < to; i++) {
      out[i] ^= (byte) register;
      register = (register & 1) != 0 ? register >> 1 ^ 0xB8 : register >> 1;
    }
    return out;
  }

  /** Forgets half frames, not the connection. */
  void forgetHalf() {
    pending.reset();
    isEscaped = false;
    isBroken = false;
  }

  /** The stick begins anew and says so. */
  void restart(int reason) {
    forgetHalf();
    waiting.clear();
    onItsWay = null;
    nextToSend = 0;
    nextExpected = 0;
    rejected = false;
    generation++;
    isConnected = true;
    frame(new byte[] {(byte) RSTACK, VERSION, (byte) reason});
  }

  void feed(byte... octets) {
    for (byte octet : octets) {
      int b = octet & 0xFF;
      switch (b) {
        case FLAG -> {
          byte[] frame = pending.toByteArray();
          boolean bad = isBroken;
          forgetHalf();
          if (!bad && frame.length > 0) {
            unwrap(frame);
          }
        }
        case CANCEL -> forgetHalf();
        case SUBSTITUTE -> isBroken = true;
        case 0x11, 0x13 -> isEscaped = false; // flow control of another layer
        case ESCAPE -> isEscaped = true;
        default -> {
          pending.write(isEscaped ? b ^ 0x20 : b);
          isEscaped = false;
        }
      }
    }
  }

  private void unwrap(byte... frame) {
    int body = frame.length - 2;
    boolean good =
        body >= 1 && crc(frame, body) == ((frame[body] & 0xFF) << 8 | frame[body + 1] & 0xFF);
    if (!good) {
      reject();
      return;
    }
    int control = frame[0] & 0xFF;
    if (control == RST) {
      hostResets.run();
    } else if (!isConnected) {
      return;
    } else if ((control & 0x80) == 0) {
      acknowledged(control & 7);
      data(control, Arrays.copyOfRange(randomise(frame, 1, body), 1, body));
    } else if ((control & 0xE0) == 0x80) {
      acknowledged(control & 7);
    } else if ((control & 0xE0) == 0xA0) {
      acknowledged(control & 7);
      repeat();
    }
  }

  private void reject() {
    if (isConnected && !rejected) {
      rejected = true;
      frame(new byte[] {(byte) (0xA0 | nextExpected)});
    }
  }

  private void data(int control, byte... payload) {
    int number = control >> 4 & 7;
    boolean repeated = (control & 8) != 0;
    if (number != nextExpected) {
      if (repeated) {
        acknowledge();
      } else {
        reject();
      }
      return;
    }
    rejected = false;
    nextExpected = nextExpected + 1 & 7;
    acknowledge();
    received.accept(payload);
  }

  private void acknowledge() {
    frame(new byte[] {(byte) (0x80 | nextExpected)});
  }

  private void acknowledged(int next) {
    if (onItsWay != null && next == (nextToSend & 7)) {
      onItsWay = null;
      generation++;
      next();
    }
  }

  /** Sends an EZSP frame as soon as those before are acknowledged. */
  void send(byte... payload) {
    if (isConnected) {
      waiting.add(payload);
      next();
    }
  }

  private void next() {
    if (onItsWay == null && !waiting.isEmpty()) {
      onItsWay = waiting.remove();
      nextToSend = nextToSend + 1 & 7;
      repeats = 0;
      transmit(false);
    }
  }

  private void repeat() {
    if (onItsWay == null) {
      return;
    }
    if (++repeats > MOST_REPEATS) {
      isConnected = false;
      frame(new byte[] {(byte) 0xC2, VERSION, 0x51}); // error: no acknowledgement
      return;
    }
    transmit(true);
  }

  private void transmit(boolean again) {
    int number = nextToSend - 1 & 7;
    byte[] whole = new byte[onItsWay.length + 1];
    whole[0] = (byte) (number << 4 | (again ? 8 : 0) | nextExpected);
    System.arraycopy(onItsWay, 0, whole, 1, onItsWay.length);
    frame(randomise(whole, 1, whole.length));
    long current = ++generation;
    coordinator
        .loop()
        .later(
            REPEAT_MILLIS * 1000L,
            () -> {
              if (generation == current && onItsWay != null) {
                repeat();
              }
            });
  }

  private void frame(byte... body) {
    int crc = crc(body, body.length);
    byte[] checked = Arrays.copyOf(body, body.length + 2);
    checked[body.length] = (byte) (crc >> 8);
    checked[body.length + 1] = (byte) crc;
    byte[] faulty = coordinator.faults().onLine(checked);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte octet : faulty) {
      int b = octet & 0xFF;
      switch (b) {
        case FLAG, ESCAPE, CANCEL, SUBSTITUTE, 0x11, 0x13 -> {
          out.write(ESCAPE);
          out.write(b ^ 0x20);
        }
        default -> out.write(b);
      }
    }
    out.write(FLAG);
    if (!coordinator.faults().isSilent()) {
      line.accept(out.toByteArray());
    }
  }
}
