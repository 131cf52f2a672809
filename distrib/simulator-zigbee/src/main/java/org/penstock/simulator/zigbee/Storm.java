package org.penstock.simulator.zigbee;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.penstock.simulator.zigbee.network.Members;
import org.penstock.simulator.zigbee.network.VirtualNetwork;
import org.penstock.simulator.zigbee.network.VirtualNode;

/** Many reports at an even rate, in turn from all devices that have the cluster. Any thread may call. */
final class Storm {

  /** A device's first value; each further is one more. */
  static final int FIRST_VALUE = 1000;

  private final AtomicLong sent = new AtomicLong();

  /** What is reported. */
  record Target(int endpoint, int cluster, int attribute) {}

  /** How many reports were sent since the last begin. */
  long sent() {
    return sent.get();
  }

  /** Begins; ends by itself. */
  void begin(VirtualNetwork network, int perSecond, int seconds, Target target) {
    List<VirtualNode> nodes = Members.with(network, target.endpoint(), target.cluster());
    if (nodes.isEmpty()) {
      throw new IllegalStateException("no joined device has that cluster");
    }
    sent.set(0);
    Thread thread =
        new Thread(
            () -> run(nodes, perSecond, (long) perSecond * seconds, target), "simulator/storm");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(List<VirtualNode> nodes, int perSecond, long count, Target target) {
    long begun = System.nanoTime();
    for (long i = 0; i < count; i++) {
      long wait = begun + i * TimeUnit.SECONDS.toNanos(1) / perSecond - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      }
      VirtualNode node = nodes.get((int) (i % nodes.size()));
      long value = FIRST_VALUE + i / nodes.size();
      node.endpoint(target.endpoint()).set(target.cluster(), target.attribute(), value);
      node.endpoint(target.endpoint()).report(target.cluster(), target.attribute());
      sent.incrementAndGet();
    }
  }
}
