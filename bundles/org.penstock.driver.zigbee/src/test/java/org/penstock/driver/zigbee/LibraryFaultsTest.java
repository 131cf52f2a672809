package org.penstock.driver.zigbee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zsmartsystems.zigbee.ZigBeeStatus;
import com.zsmartsystems.zigbee.dongle.ember.ZigBeeDongleEzsp;
import com.zsmartsystems.zigbee.transport.ZigBeePort;
import com.zsmartsystems.zigbee.transport.ZigBeeTransportReceive;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.penstock.driver.zigbee.ember.EmberPort;
import org.penstock.driver.zigbee.link.StickAddress;
import org.penstock.driver.zigbee.link.StickLine;
import org.penstock.simulator.zigbee.Protocol;
import org.penstock.simulator.zigbee.ZigBeeSimulator;

/**
 * A fault of the ZigBee library, beside what this driver does in its place. When the library has mended
 * it, its half fails here, and the driver can do without its own way (decision 0100).
 */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true") // waits for what does not come
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LibraryFaultsTest {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Duration WATCHED = Duration.ofSeconds(2);

  /** As the library's own port does it: nothing at the end of the line, at once. */
  private static final class PlainPort implements ZigBeePort {
    private final Socket socket;

    PlainPort(int port) throws IOException {
      socket = new Socket("127.0.0.1", port);
      socket.setTcpNoDelay(true);
    }

    @Override
    public boolean open() {
      return true;
    }

    @Override
    public boolean open(int baudRate) {
      return true;
    }

    @Override
    public boolean open(int baudRate, FlowControl flowControl) {
      return true;
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException closed) {
        throw new java.io.UncheckedIOException(closed);
      }
    }

    @Override
    public void write(int value) {
      write(new int[] {value});
    }

    @Override
    public void write(int[] values) {
      byte[] bytes = new byte[values.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) values[i];
      }
      try {
        socket.getOutputStream().write(bytes);
      } catch (IOException gone) {
        assertTrue(gone.getMessage() != null);
      }
    }

    @Override
    public int read() {
      try {
        return socket.getInputStream().read();
      } catch (IOException gone) {
        return -1;
      }
    }

    @Override
    public int read(int timeout) {
      return read();
    }

    @Override
    public void purgeRxBuffer() {
      // nothing is kept
    }
  }

  private static Set<Long> threads() {
    return Arrays.stream(THREADS.getAllThreadIds()).boxed().collect(Collectors.toSet());
  }

  /** The share of a processor that the threads use which were not there before. */
  private static double load(Set<Long> before) {
    List<Long> fresh = threads().stream().filter(id -> !before.contains(id)).toList();
    long cpu = used(fresh);
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < WATCHED.toNanos()) {
      LockSupport.parkNanos(WATCHED.toNanos() - (System.nanoTime() - begun));
    }
    return (used(fresh) - cpu) / (double) (System.nanoTime() - begun);
  }

  private static long used(List<Long> threads) {
    return threads.stream().mapToLong(id -> Math.max(0, THREADS.getThreadCpuTime(id))).sum();
  }

  private static double loadWhenPulled(Supplier<ZigBeePort> port, ZigBeeSimulator stick) {
    Set<Long> before = threads();
    ZigBeeDongleEzsp dongle = new ZigBeeDongleEzsp(port.get());
    dongle.setZigBeeTransportReceive(nobody());
    try {
      assertEquals(ZigBeeStatus.SUCCESS, dongle.initialize());
      Set<Long> simulator =
          threads().stream()
              .filter(id -> THREADS.getThreadInfo(id) != null)
              .filter(id -> THREADS.getThreadInfo(id).getThreadName().startsWith("simulator/"))
              .collect(Collectors.toSet());
      simulator.addAll(before);
      stick.unplug();
      return load(simulator);
    } finally {
      dongle.shutdown();
    }
  }

  /** If deleted: a pulled stick could cost the gateway a core. */
  @Test
  void aPulledStickBurnsAProcessorWithThePlainPortAndNoneWithOurs() throws Exception {
    try (ZigBeeSimulator stick = ZigBeeSimulator.start(Protocol.EZSP_13)) {
      double plain =
          loadWhenPulled(
              () -> {
                try {
                  return new PlainPort(stick.port());
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              },
              stick);
      stick.plug();
      StickAddress address = StickAddress.parse("tcp://127.0.0.1:" + stick.port(), 115200);
      StickLine.Opener opener = () -> address.open(settings -> null);
      double ours = loadWhenPulled(() -> new EmberPort("test/port", opener, why -> {}), stick);
      assertTrue(plain > 4 * ours && plain > 0.1, "plain " + plain + ", ours " + ours);
      assertTrue(ours < 0.05, "ours uses " + ours + " of a processor");
    }
  }

  /** What the library must be able to tell, and nobody hears. */
  private static ZigBeeTransportReceive nobody() {
    return (ZigBeeTransportReceive)
        Proxy.newProxyInstance(
            LibraryFaultsTest.class.getClassLoader(),
            new Class<?>[] {ZigBeeTransportReceive.class},
            (proxy, method, arguments) -> null); // all its methods give nothing
  }
}
