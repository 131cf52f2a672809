package org.penstock.flow.wires;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.wireadmin.Consumer;
import org.osgi.service.wireadmin.Producer;
import org.osgi.service.wireadmin.Wire;
import org.osgi.service.wireadmin.WireAdminEvent;

/** Without this, wires carry to the wrong end, too late, or to what is gone. */
class WiringTest {

  private final List<Integer> events = new ArrayList<>();
  private final WireNews news = new WireNews(Runnable::run, () -> null);
  private final Wiring wiring = new Wiring(Runnable::run, news);
  private final End a = new End();
  private final End b = new End();

  /** Producer and consumer at once; keeps what it is told. */
  static class End implements Producer, Consumer {
    final List<Object> got = new ArrayList<>();
    Wire[] consumers = new Wire[0];
    Wire[] producers = new Wire[0];
    Thread thread;

    @Override
    public void producersConnected(Wire[] wires) {
      producers = wires;
    }

    @Override
    public void updated(Wire wire, Object value) {
      thread = Thread.currentThread();
      got.add(value);
    }

    @Override
    public Object polled(Wire wire) {
      return "polled";
    }

    @Override
    public void consumersConnected(Wire[] wires) {
      consumers = wires;
    }
  }

  private void produce(String pid, Producer producer) {
    wiring.producerCame(pid, new EndBook.End<>(producer, producer, null));
  }

  private void consume(String pid, Consumer consumer, Class<?>... flavors) {
    wiring.consumerCame(
        pid, new EndBook.End<>(consumer, consumer, flavors.length == 0 ? null : flavors));
  }

  private Wire wire(String from, String to, Object... properties) {
    Dictionary<String, Object> given = new Hashtable<>();
    for (int i = 0; i < properties.length; i += 2) {
      given.put((String) properties[i], properties[i + 1]);
    }
    return wiring.createWire(from, to, given);
  }

  @Test
  void aWireCarriesWhenBothEndsArePresentInAnyOrder() {
    for (int order = 0; order < 6; order++) {
      Wiring fresh = new Wiring(Runnable::run, news);
      End producer = new End();
      End consumer = new End();
      List<Runnable> steps =
          new ArrayList<>(
              List.of(
                  () -> fresh.producerCame("a", new EndBook.End<>(producer, producer, null)),
                  () -> fresh.consumerCame("b", new EndBook.End<>(consumer, consumer, null)),
                  () -> fresh.createWire("a", "b", null)));
      steps.remove(order / 2).run();
      steps.remove(order % 2).run();
      steps.remove(0).run();
      assertEquals(1, producer.consumers.length);
      assertEquals(1, consumer.producers.length);
      producer.consumers[0].update("x");
      assertEquals(List.of("x"), consumer.got);
    }
  }

  @Test
  void deliveryIsSynchronousInTheCallersThread() {
    produce("a", a);
    consume("b", b);
    wire("a", "b").update("x");
    assertSame(Thread.currentThread(), b.thread);
  }

  @Test
  void anEndThatIsGoneGetsNothing() {
    produce("a", a);
    consume("b", b);
    Wire wire = wire("a", "b");
    wiring.consumerWent("b", b);
    wire.update("x");
    assertEquals(List.of(), b.got);
    assertFalse(wire.isConnected());
    assertNull(a.consumers);
    End again = new End();
    consume("b", again);
    wire.update("y");
    assertEquals(List.of("y"), again.got);
    assertEquals(1, a.consumers.length);
    wiring.deleteWire(wire);
    wire.update("z");
    assertEquals(List.of("y"), again.got);
    assertFalse(wire.isValid());
    assertNull(a.consumers);
    assertNull(again.producers);
  }

  @Test
  void ofTwoServicesWithOnePidTheOlderIsTakenUntilItGoes() {
    produce("a", a);
    consume("b", b);
    End second = new End();
    consume("b", second);
    Wire wire = wire("a", "b");
    wire.update(1);
    wiring.consumerWent("b", b);
    wire.update(2);
    assertEquals(List.of(1), b.got);
    assertEquals(List.of(2), second.got);
  }

  @Test
  void aReceiverThatThrowsIsCountedAndDoesNotReachTheEmitter() {
    End bad =
        new End() {
          @Override
          public void updated(Wire wire, Object value) {
            if (!value.equals("good")) {
              throw new IllegalStateException("no " + value);
            }
          }
        };
    produce("a", a);
    consume("bad", bad);
    consume("b", b);
    LiveWire broken = (LiveWire) wire("a", "bad");
    wire("a", "b");
    for (Wire wire : a.consumers) {
      wire.update("x");
    }
    assertEquals(List.of("x"), b.got);
    assertEquals(1, broken.traffic().failures());
    assertTrue(broken.traffic().trouble().contains("no x"));
    broken.update("good");
    assertEquals("", broken.traffic().trouble());
    assertEquals(1, broken.traffic().deliveries());
  }

  @Test
  void timeIsChargedToTheComponentThatSpentIt() {
    End middle = new End();
    produce("middle", middle);
    End first =
        new End() {
          @Override
          public void updated(Wire wire, Object value) {
            middle.consumers[0].update(value);
          }
        };
    End slow =
        new End() {
          @Override
          public void updated(Wire wire, Object value) {
            long end = System.nanoTime() + 20_000_000;
            while (System.nanoTime() < end) {
              Thread.onSpinWait();
            }
          }
        };
    produce("a", a);
    consume("first", first);
    consume("slow", slow);
    LiveWire in = (LiveWire) wire("a", "first");
    LiveWire on = (LiveWire) wire("middle", "slow");
    in.update("x");
    assertTrue(on.traffic().longestNanos() >= 20_000_000);
    assertTrue(in.traffic().longestNanos() < 20_000_000, in.traffic().longestNanos() + " ns");
  }

  @Test
  void aReceiverThatTakesMoreThanOneSecondIsMarked() {
    Traffic traffic = new Traffic();
    assertTrue(traffic.delivered(Traffic.SLOW_NANOS + 1));
    assertFalse(traffic.delivered(Traffic.SLOW_NANOS + 1));
    assertTrue(traffic.trouble().contains("1000 ms"));
    assertTrue(traffic.delivered(5));
    assertFalse(traffic.delivered(5));
    assertEquals("", traffic.trouble());
  }

  @Test
  void onlyValuesOfTheConsumersFlavorsArrive() {
    produce("a", a);
    consume("b", b, String.class);
    Wire wire = wire("a", "b");
    wire.update(1);
    wire.update("x");
    assertEquals(List.of("x"), b.got);
    assertArrayEquals(new Class<?>[] {String.class}, wire.getFlavors());
    assertEquals("x", wire.getLastValue());
  }

  @Test
  void wiresAreFoundByFilterAndKnowTheirEnds() throws InvalidSyntaxException {
    assertNull(wiring.getWires(null));
    Wire wire = wire("a", "b", "emitter.port", 3);
    wire("a", "c");
    assertEquals(2, wiring.getWires(null).length);
    assertArrayEquals(new Wire[] {wire}, wiring.getWires("(emitter.port=3)"));
    assertArrayEquals(
        new Wire[] {wire},
        wiring.getWires("(&(wireadmin.producer.pid=a)(wireadmin.consumer.pid=b))"));
    assertThrows(InvalidSyntaxException.class, () -> wiring.getWires("("));
    wiring.updateWire(wire, new Hashtable<>(Map.of("emitter.port", 4)));
    assertEquals(4, wire.getProperties().get("emitter.port"));
    assertEquals("b", wire.getProperties().get("wireadmin.consumer.pid"));
    assertThrows(IllegalArgumentException.class, () -> wire("a", "b", "k", 1, "K", 2));
  }

  @Test
  void aPollAsksTheProducer() {
    produce("a", a);
    Wire wire = wire("a", "b");
    assertNull(wire.poll());
    consume("b", b);
    assertEquals("polled", wire.poll());
  }

  @Test
  void listenersHearOfTheEventsTheyWant() {
    news.add(event -> events.add(event.getType()), 0xff & ~WireAdminEvent.WIRE_TRACE);
    produce("a", a);
    consume("b", b);
    Wire wire = wire("a", "b");
    wire.update("x");
    wiring.updateWire(wire, null);
    wiring.consumerWent("b", b);
    wiring.deleteWire(wire);
    assertEquals(
        List.of(
            WireAdminEvent.WIRE_CREATED,
            WireAdminEvent.WIRE_CONNECTED,
            WireAdminEvent.WIRE_UPDATED,
            WireAdminEvent.WIRE_DISCONNECTED,
            WireAdminEvent.WIRE_DELETED),
        events);
  }
}
