package org.penstock.driver.zigbee.ember;

import com.zsmartsystems.zigbee.transport.ZigBeePort;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.penstock.driver.zigbee.link.StickLine;

/**
 * A stick's line as the library wants it. The library reads again at once when it gets nothing: so a
 * read waits, also on a line that is gone, until the port is closed. Whoever opened it is told of the
 * loss instead. Any thread may call.
 */
public final class EmberPort implements ZigBeePort {

  private static final int NOTHING = -1;
  private static final int MOST_WAITING = 1 << 16;

  private final String name;
  private final StickLine.Opener opener;
  private final Consumer<String> lost;
  private final BlockingQueue<Integer> octets = new LinkedBlockingQueue<>(MOST_WAITING);
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile StickLine line;
  private volatile Thread reader;
  private volatile String problem = "the line is not open";

  /**
   * A port that is not open yet.
   *
   * @param name of its thread
   * @param lost told once why an open line is gone; not after {@link #close}
   */
  public EmberPort(String name, StickLine.Opener opener, Consumer<String> lost) {
    this.name = name;
    this.opener = opener;
    this.lost = lost;
  }

  @Override
  public boolean open() {
    try {
      line = opener.open();
    } catch (IOException nobody) {
      problem = nobody.getMessage();
      return false;
    }
    problem = "";
    reader = new Thread(this::run, name);
    reader.setDaemon(true);
    reader.start();
    return true;
  }

  @Override
  public boolean open(int baudRate) {
    return open(); // the configuration says how fast
  }

  @Override
  public boolean open(int baudRate, FlowControl flowControl) {
    return open();
  }

  /** Why it could not be opened, or is gone. */
  public String problem() {
    return problem;
  }

  private void run() {
    byte[] buffer = new byte[512];
    try {
      while (!closed.get()) {
        int count = line.read(buffer);
        for (int i = 0; i < count; i++) {
          octets.put(buffer[i] & 0xff);
        }
      }
    } catch (IOException gone) {
      gone(gone.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void gone(String why) {
    problem = why;
    if (!closed.get()) {
      lost.accept(why);
    }
  }

  @Override
  public int read() {
    while (!closed.get()) {
      int octet = read(500);
      if (octet != NOTHING) {
        return octet;
      }
      if (Thread.currentThread().isInterrupted()) {
        return NOTHING;
      }
    }
    return NOTHING;
  }

  @Override
  public int read(int timeout) {
    try {
      Integer octet = closed.get() ? null : octets.poll(timeout, TimeUnit.MILLISECONDS);
      return octet == null ? NOTHING : octet;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return NOTHING;
    }
  }

  @Override
  public void write(int value) {
    write(new int[] {value});
  }

  @Override
  public void write(int[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    StickLine to = line;
    try {
      if (to != null && !closed.get()) {
        to.write(bytes);
      }
    } catch (IOException gone) {
      gone(gone.getMessage());
    }
  }

  @Override
  public void purgeRxBuffer() {
    octets.clear();
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    StickLine opened = line;
    if (opened != null) {
      opened.close();
    }
    Thread reading = reader;
    if (reading != null && reading != Thread.currentThread()) {
      reading.interrupt();
      try {
        reading.join(300);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
