package org.penstock.flow.wires.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.Test;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.outbox.Unwaited;
import org.penstock.flow.wires.testkit.ManualStrands;

/** Without this, messages are lost or overtaken while the cloud stack starts or is replaced. */
class OutletTest {

  private final ManualStrands strands = new ManualStrands();
  private final Outlet outlet = new Outlet("pub", strands.open("flow/publish/pub"));

  /** Keeps what it is given; refuses with a code when told to. */
  private static class Publisher implements CloudPublisher {
    final List<Integer> got = new ArrayList<>();
    KuraErrorCode refuses;
    RuntimeException fault;

    @Override
    public String publish(KuraMessage message) throws KuraException {
      if (fault != null) {
        throw fault;
      }
      if (refuses != null) {
        throw new KuraException(refuses, "refused");
      }
      got.add((Integer) message.getPayload().getMetric("n"));
      return null;
    }

    @Override
    public void registerCloudConnectionListener(CloudConnectionListener listener) {}

    @Override
    public void unregisterCloudConnectionListener(CloudConnectionListener listener) {}

    @Override
    public void registerCloudDeliveryListener(CloudDeliveryListener listener) {}

    @Override
    public void unregisterCloudDeliveryListener(CloudDeliveryListener listener) {}
  }

  private void send(int from, int to) {
    for (int n = from; n <= to; n++) {
      KuraPayload payload = new KuraPayload();
      payload.addMetric("n", n);
      outlet.send(new KuraMessage(payload));
    }
  }

  private Object figure(String name) {
    return outlet.condition().health().figures().get(name);
  }

  private Level level() {
    return outlet.condition().health().level();
  }

  @Test
  void messagesAreKeptInOrderUntilThePublisherComes() {
    outlet.target("(kura.service.pid=p)");
    assertEquals(Level.DEGRADED, level());
    assertTrue(outlet.condition().health().reason().contains("(kura.service.pid=p)"));
    send(1, 3);
    assertEquals(3, figure("buffered"));
    Publisher publisher = new Publisher();
    outlet.publisher(publisher);
    send(4, 4);
    assertEquals(List.of(), publisher.got);
    strands.run();
    assertEquals(List.of(1, 2, 3, 4), publisher.got);
    send(5, 5);
    assertEquals(List.of(1, 2, 3, 4, 5), publisher.got);
    assertEquals(Level.OK, level());
    assertEquals(5L, figure("published"));
    assertEquals(0, figure("buffered"));
  }

  @Test
  void moreThanAThousandDropTheOldestAndCountThem() {
    send(1, 1005);
    assertEquals(5L, figure("dropped"));
    assertEquals(Level.FAILED, level());
    Publisher publisher = new Publisher();
    outlet.publisher(publisher);
    strands.run();
    assertEquals(1000, publisher.got.size());
    assertEquals(6, publisher.got.get(0));
    assertEquals(Level.OK, level());
  }

  @Test
  void withoutEndpointMessagesWaitAndAreTriedAgain() {
    Publisher publisher = new Publisher();
    publisher.refuses = KuraErrorCode.SERVICE_UNAVAILABLE;
    outlet.publisher(publisher);
    send(1, 2);
    strands.advance(Duration.ofSeconds(3));
    assertEquals(2, figure("buffered"));
    assertEquals(Level.DEGRADED, level());
    publisher.refuses = null;
    send(3, 3);
    strands.advance(Duration.ofSeconds(1));
    assertEquals(List.of(1, 2, 3), publisher.got);
    assertEquals(0L, figure("failed"));
  }

  @Test
  void whatTheOutboxRefusesIsDroppedAndCounted() {
    Publisher publisher = new Publisher();
    publisher.refuses = KuraErrorCode.STORE_ERROR;
    outlet.publisher(publisher);
    send(1, 2);
    assertEquals(2L, figure("failed"));
    assertEquals(Level.FAILED, level());
    publisher.refuses = null;
    publisher.fault = new IllegalStateException("bug");
    send(3, 3);
    assertEquals(3L, figure("failed"));
    publisher.fault = null;
    send(4, 4);
    assertEquals(List.of(4), publisher.got);
    assertEquals(Level.OK, level());
  }

  /** If deleted: each record of a burst could wait for the disk by itself, and the rest be lost meanwhile. */
  @Test
  void aBurstDoesNotWaitForTheDiskAfterEachMessage() {
    List<CompletableFuture<Void>> disk = new ArrayList<>();
    Publisher publisher =
        new Publisher() {
          @Override
          public String publish(KuraMessage message) throws KuraException {
            disk.add(new CompletableFuture<>());
            assertTrue(Unwaited.take(disk.get(disk.size() - 1)));
            return super.publish(message);
          }
        };
    outlet.publisher(publisher);
    send(1, 3);
    assertEquals(List.of(1, 2, 3), publisher.got);
    assertEquals(0L, figure("published"));
    disk.get(0).complete(null);
    disk.get(1).completeExceptionally(new IOException("the disk is gone"));
    assertEquals(1L, figure("failed"));
    assertEquals(Level.FAILED, level());
    assertEquals(
        "messages are lost: java.io.IOException: the disk is gone",
        outlet.condition().health().reason());
    disk.get(2).complete(null);
    assertEquals(2L, figure("published"));
    assertEquals(Level.OK, level());
    assertFalse(Unwaited.take(CompletableFuture.completedFuture(null)), "open for ever");
  }

  @Test
  void aReplacedPublisherTakesOver() {
    Publisher old = new Publisher();
    outlet.publisher(old);
    send(1, 1);
    Publisher next = new Publisher();
    outlet.publisher(next);
    outlet.gone(old);
    send(2, 2);
    outlet.gone(next);
    send(3, 3);
    assertEquals(List.of(1), old.got);
    assertEquals(List.of(2), next.got);
    assertEquals(1, figure("buffered"));
    outlet.publisher(old);
    strands.run();
    assertEquals(List.of(1, 3), old.got);
  }

  @Test
  void aPublisherThatGoesWhileMessagesPassOnLosesNone() {
    Publisher publisher = new Publisher();
    send(1, 3);
    outlet.publisher(publisher);
    outlet.gone(publisher);
    strands.run();
    assertEquals(3, figure("buffered"));
    outlet.publisher(publisher);
    strands.run();
    assertEquals(List.of(1, 2, 3), publisher.got);
  }
}
