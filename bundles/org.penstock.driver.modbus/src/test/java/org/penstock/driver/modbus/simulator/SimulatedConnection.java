package org.penstock.driver.modbus.simulator;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** One client's connection, with a thread of its own. */
final class SimulatedConnection implements Runnable {

  private static final int HEADER = 7;

  private final ModbusSimulator simulator;
  private final Socket socket;

  SimulatedConnection(ModbusSimulator simulator, Socket socket) {
    this.simulator = simulator;
    this.socket = socket;
  }

  boolean isClosed() {
    return socket.isClosed();
  }

  void close() {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      simulator.gone(this);
    }
  }

  @Override
  public void run() {
    try (socket) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      socket.setTcpNoDelay(true);
      boolean sound = true;
      while (sound) {
        sound = request(in);
      }
    } catch (IOException clientGone) {
      close();
    } finally {
      simulator.gone(this);
    }
  }

  private boolean request(DataInputStream in) throws IOException {
    byte[] header = new byte[HEADER];
    in.readFully(header);
    int length = (header[4] & 0xff) << 8 | header[5] & 0xff;
    if (header[2] != 0 || header[3] != 0 || length < 2 || length > 254) {
      return false;
    }
    byte[] pdu = new byte[length - 1];
    in.readFully(pdu);
    simulator.received();
    int unit = header[6] & 0xff;
    SimulatedUnit target = simulator.find(unit);
    Behaviour behaviour = simulator.next(unit, pdu[0] & 0xff);
    if (unit == 0 && target == null) {
      simulator.broadcast(pdu);
      return true;
    }
    if (target == null || behaviour.kind() == Behaviour.Kind.SILENT) {
      return true;
    }
    if (behaviour.delay().isZero()) {
      answer(header, pdu, target, behaviour);
    } else {
      later(header, pdu, target, behaviour);
    }
    return true;
  }

  private void later(byte[] header, byte[] pdu, SimulatedUnit target, Behaviour behaviour) {
    try {
      simulator
          .delays()
          .schedule(
              () -> answerOrClose(header, pdu, target, behaviour),
              behaviour.delay().toNanos(),
              TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException stopped) {
      close();
    }
  }

  private void answerOrClose(byte[] header, byte[] pdu, SimulatedUnit target, Behaviour behaviour) {
    try {
      answer(header, pdu, target, behaviour);
    } catch (IOException clientGone) {
      close();
    }
  }

  private synchronized void answer(
      byte[] header, byte[] pdu, SimulatedUnit target, Behaviour behaviour) throws IOException {
    if (behaviour.kind() == Behaviour.Kind.DROP) {
      close();
      return;
    }
    byte[] answer =
        behaviour.kind() == Behaviour.Kind.EXCEPTION
            ? new byte[] {(byte) (pdu[0] | 0x80), (byte) behaviour.exception()}
            : target.answer(pdu);
    if (behaviour.kind() == Behaviour.Kind.NORMAL) {
      simulator.answered(target.id(), pdu, answer);
    }
    byte[] frame = frame(header, answer);
    spoil(frame, behaviour.kind());
    if (behaviour.kind() == Behaviour.Kind.MUTATED) {
      frame = mutated(frame);
    }
    send(frame, behaviour.kind());
  }

  private static byte[] frame(byte[] header, byte[] answer) {
    byte[] frame = Arrays.copyOf(header, HEADER + answer.length);
    System.arraycopy(answer, 0, frame, HEADER, answer.length);
    frame[4] = (byte) (answer.length + 1 >> 8);
    frame[5] = (byte) (answer.length + 1);
    return frame;
  }

  private static void spoil(byte[] frame, Behaviour.Kind kind) {
    switch (kind) {
      case GARBAGE -> ThreadLocalRandom.current().nextBytes(frame);
      case BAD_TRANSACTION -> frame[1] += 77;
      case BAD_UNIT -> frame[6] ^= 0x15;
      case BAD_LENGTH -> frame[5] += 9;
      case BAD_COUNT -> frame[8]++;
      case BAD_FUNCTION -> frame[7] ^= 1;
      default -> {}
    }
  }

  private static byte[] mutated(byte[] frame) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    byte[] result = frame;
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(Math.min(HEADER + 2, result.length));
      int way = random.nextInt(4);
      if (way == 0 && result.length > 1) {
        byte[] shorter = Arrays.copyOf(result, result.length - 1);
        System.arraycopy(result, at + 1, shorter, at, shorter.length - at);
        result = shorter;
      } else if (way == 1) {
        byte[] longer = Arrays.copyOf(result, result.length + 1);
        System.arraycopy(result, at, longer, at + 1, result.length - at);
        result = longer;
      } else {
        result[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return result;
  }

  private void send(byte[] frame, Behaviour.Kind kind) throws IOException {
    OutputStream out = socket.getOutputStream();
    switch (kind) {
      case TRUNCATED -> {
        out.write(frame, 0, frame.length / 2);
        close();
      }
      case SPLIT -> {
        out.write(frame, 0, frame.length / 2);
        out.flush();
        out.write(frame, frame.length / 2, frame.length - frame.length / 2);
      }
      case DUPLICATE -> {
        out.write(frame);
        out.write(frame);
      }
      default -> out.write(frame);
    }
  }
}
