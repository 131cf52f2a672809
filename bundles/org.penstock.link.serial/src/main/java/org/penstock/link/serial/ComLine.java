package org.penstock.link.serial;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A line over jSerialComm. */
final class ComLine implements SerialLine {

  private static final int NO_TIMEOUT_SET = -1;

  private final String device;
  private final SerialPort port;
  private final AtomicInteger timeoutSet = new AtomicInteger(NO_TIMEOUT_SET);

  ComLine(String device, SerialPort port) {
    this.device = device;
    this.port = port;
  }

  @Override
  public int read(byte[] into, int offset, int length, long timeoutNanos) throws IOException {
    int millis = (int) Math.min(1_000, TimeUnit.NANOSECONDS.toMillis(timeoutNanos + 999_999));
    if (timeoutSet.getAndSet(millis) != millis) {
      int mode =
          millis == 0 ? SerialPort.TIMEOUT_NONBLOCKING : SerialPort.TIMEOUT_READ_SEMI_BLOCKING;
      port.setComPortTimeouts(mode, millis, 0);
    }
    int count = port.readBytes(into, length, offset);
    if (count < 0) {
      throw gone();
    }
    return count;
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int count = port.writeBytes(from, length - done, offset + done);
      if (count <= 0) {
        throw gone();
      }
      done += count;
    }
  }

  private IOException gone() {
    return new IOException("serial device " + device + " is gone; plug it in again");
  }

  @Override
  public void close() {
    port.closePort();
  }
}
