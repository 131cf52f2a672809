package org.penstock.driver.zigbee.link;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.penstock.link.serial.SerialLine;

/** A coordinator on a serial line. */
final class SerialStickLine implements StickLine {

  private static final long WAIT_NANOS = Duration.ofMillis(500).toNanos();
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  private final SerialLine line;
  private final Object writing = new Object();
  private final AtomicBoolean closed = new AtomicBoolean();

  SerialStickLine(SerialLine line) {
    this.line = line;
  }

  @Override
  public int read(byte[] into) throws IOException {
    while (!closed.get()) {
      long begun = System.nanoTime();
      // one byte at first, so that a frame is not held back until the buffer is full
      int count = line.read(into, 0, 1, WAIT_NANOS);
      if (count > 0) {
        return count + line.read(into, 1, into.length - 1, 0);
      }
      if (System.nanoTime() - begun < WAIT_NANOS / 10) {
        pause(); // a dead pty gives nothing at once, again and again: don't spin on it
      }
    }
    throw new IOException("the serial line is closed");
  }

  private static void pause() throws IOException {
    LockSupport.parkNanos(PAUSE_NANOS);
    if (Thread.currentThread().isInterrupted()) {
      throw new IOException("stopped while waiting for the serial line");
    }
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    synchronized (writing) {
      line.write(bytes, 0, bytes.length);
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      line.close();
    }
  }
}
