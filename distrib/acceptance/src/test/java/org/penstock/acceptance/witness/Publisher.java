package org.penstock.acceptance.witness;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.data.DataService;

/**
 * Publishes numbers inside the gateway and writes each one to a pipe once publish() has returned its
 * id, before the next call: what the test process reads there, the outbox has acknowledged.
 */
public final class Publisher {

  /** Names the pipe. */
  public static final String PIPE = "witness.pipe";

  /** First number to publish. */
  public static final String FIRST = "witness.first";

  /** Topic of the numbers. */
  public static final String TOPIC = "acme/gw1/witness";

  private static final int QOS = 1;
  private static final int PRIORITY = 7;
  private static final long PAUSE_NANOS = 20_000_000;

  private volatile Thread thread;

  /** Called by the component runtime. */
  void start(DataService service) {
    thread = new Thread(() -> publish(service), "test/witness");
    thread.start();
  }

  /** Called by the component runtime. */
  void stop(DataService service) {
    thread = null;
  }

  private void publish(DataService service) {
    long number = Long.getLong(FIRST);
    try (FileOutputStream pipe = new FileOutputStream(System.getProperty(PIPE))) {
      while (thread == Thread.currentThread()) {
        if (isStored(service, number)) {
          pipe.write((number + "\n").getBytes(StandardCharsets.UTF_8));
        }
        number++;
      }
    } catch (IOException e) {
      System.err.println("witness ended: " + e);
    }
  }

  private static boolean isStored(DataService service, long number) {
    try {
      byte[] payload = Long.toString(number).getBytes(StandardCharsets.UTF_8);
      service.publish(TOPIC, payload, QOS, false, PRIORITY);
      return true;
    } catch (KuraStoreException e) {
      LockSupport.parkNanos(PAUSE_NANOS); // a disk that is full stays so for a while
      return false;
    }
  }
}
