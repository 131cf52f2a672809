package org.penstock.acceptance.inside.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.cloudconnection.subscriber.CloudSubscriber;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.wire.WireEnvelope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceRegistration;

/** Each row of Kura's table of stock components, on the assembled product. */
class StockComponentsTest {

  private static final String WIRE = "org.eclipse.kura.wire.";
  private static final String DATABASE = "org.eclipse.kura.core.db.H2DbService";

  private final Probe in = new Probe("sIn", 0, 1);
  private final Probe out = new Probe("sOut", 1, 0);
  private final Probe second = new Probe("sSecond", 1, 1);
  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

  @BeforeEach
  void empty() {
    assertEquals(List.of(), Board.connected());
  }

  @AfterEach
  void close() throws Exception {
    Board.clear();
    in.close();
    out.close();
    second.close();
    registrations.forEach(ServiceRegistration::unregister);
  }

  /** in -> the component -> out. */
  private void chain(String factory, Object... keysAndValues) throws Exception {
    new Board()
        .probe(in)
        .put("sUnder", 1, 1, factory, keysAndValues)
        .probe(out)
        .wire("sIn", "sUnder")
        .wire("sUnder", "sOut")
        .apply();
  }

  @Test
  void timerEmitsItsTimeAtAFixedRateFirstAfterOneInterval() throws Exception {
    long before = System.currentTimeMillis();
    new Board()
        .put(
            "sTimer",
            0,
            1,
            WIRE + "Timer",
            "simple.interval",
            200,
            "simple.time.unit",
            "MILLISECONDS")
        .probe(out)
        .wire("sTimer", "sOut")
        .apply();
    WireEnvelope first = out.await(3).got().get(0);
    assertEquals(1, first.getRecords().size());
    var value = first.getRecords().get(0).getProperties().get("TIMER");
    assertEquals(DataType.LONG, value.getType());
    assertTrue((Long) value.getValue() >= before + 190, "the first tick came at once");
  }

  @Test
  void timerTicksByQuartzCron() throws Exception {
    new Board()
        .put("sTimer", 0, 1, WIRE + "Timer", "type", "CRON", "cron.interval", "0/1 * * * * ?")
        .probe(out)
        .wire("sTimer", "sOut")
        .apply();
    long at =
        (Long)
            out.await(1).got().get(0).getRecords().get(0).getProperties().get("TIMER").getValue();
    assertTrue(at % 1000 < 900, "ticks just after the full second: " + at);
  }

  @Test
  void timerBeginsWhenItsCustomFirstTickSays() throws Exception {
    new Board()
        .put(
            "sTimer",
            0,
            1,
            WIRE + "Timer",
            "simple.interval",
            3600,
            "simple.first.tick.policy",
            "CUSTOM",
            "simple.custom.first.tick.interval",
            1)
        .probe(out)
        .wire("sTimer", "sOut")
        .apply();
    out.await(1);
  }

  @Test
  void loggerTakesEnvelopesAndEmitsNone() throws Exception {
    new Board()
        .probe(in)
        .put("sLog", 1, 0, WIRE + "Logger", "log.verbosity", "VERBOSE")
        .wire("sIn", "sLog")
        .apply();
    in.emit("x", 1);
  }

  @Test
  void fifoPassesOnInOrderInAThreadOfItsOwn() throws Exception {
    chain(WIRE + "Fifo");
    for (int i = 0; i < 20; i++) {
      in.emit("i", i);
    }
    out.await(20);
    for (int i = 0; i < 20; i++) {
      assertEquals("i=" + i, out.texts().get(i));
    }
    assertFalse(out.threads().contains(Thread.currentThread().getName()));
  }

  @Test
  void fifoThatIsFullDropsOrBlocksAsConfigured() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    out.doing(
        envelope -> {
          try {
            gate.await(10, java.util.concurrent.TimeUnit.SECONDS);
          } catch (InterruptedException woken) {
            Thread.currentThread().interrupt();
          }
        });
    chain(WIRE + "Fifo", "queue.capacity", 2, "discard.envelopes", true);
    for (int i = 0; i < 10; i++) {
      in.emit("i", i);
    }
    gate.countDown();
    out.await(2);
    in.emit("i", 99);
    Board.await(() -> "" + out.texts(), () -> out.texts().contains("i=99"));
    assertTrue(out.got().size() <= 5, "" + out.texts());
  }

  @Test
  void regexFilterKeepsOrRemovesKeysThatMatchFully() throws Exception {
    chain(WIRE + "RegexFilter", "regex.filter", "t.*", "filter.type", 1);
    in.emit("t1", 1, "at", 2);
    assertEquals(List.of("t1=1"), out.await(1).texts());
    Board.configurations()
        .updateConfiguration("sUnder", new HashMap<>(Map.of("filter.type", 2)), false);
    Board.await(
        () -> "" + out.texts(),
        () -> {
          in.emit("t1", 1, "at", 2);
          return out.texts().contains("at=2");
        });
    Board.configurations()
        .updateConfiguration("sUnder", new HashMap<>(Map.of("regex.filter", "(")), false);
    Board.await(
        () -> "" + out.texts(),
        () -> {
          in.emit("t1", 1, "at", 2);
          return out.texts().contains("at=2 t1=1");
        });
  }

  @Test
  void joinPairsRecordsByIndexAndPortOneWins() throws Exception {
    new Board()
        .probe(in)
        .probe(second)
        .put("sJoin", 2, 1, WIRE + "Join")
        .probe(out)
        .wire("sIn", 0, "sJoin", 0)
        .wire("sSecond", 0, "sJoin", 1)
        .wire("sJoin", "sOut")
        .apply();
    in.emit("a", 1, "both", 1);
    assertEquals(0, out.got().size());
    second.wires().emit(List.of(Probe.record("b", 2, "both", 2), Probe.record("c", 3)));
    assertEquals(List.of("a=1 b=2 both=2; c=3"), out.await(1).texts());
  }

  @Test
  void joinThatCachesTreatsANeverReceivedSideAsEmpty() throws Exception {
    new Board()
        .probe(in)
        .probe(second)
        .put("sJoin", 2, 1, WIRE + "Join", "barrier", false)
        .probe(out)
        .wire("sIn", 0, "sJoin", 0)
        .wire("sSecond", 0, "sJoin", 1)
        .wire("sJoin", "sOut")
        .apply();
    second.emit("b", 2);
    in.emit("a", 1);
    assertEquals(List.of("b=2", "a=1 b=2"), out.await(2).texts());
  }

  @Test
  void cloudPublisherMakesOneMessageOfEachRecord() throws Exception {
    List<KuraMessage> published = new CopyOnWriteArrayList<>();
    CloudPublisher publisher =
        (CloudPublisher)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {CloudPublisher.class},
                (proxy, method, args) -> {
                  if (method.getName().equals("publish")) {
                    published.add((KuraMessage) args[0]);
                    return null;
                  }
                  return method.getName().equals("hashCode")
                      ? (Object) 1
                      : method.getName().equals("equals") ? proxy == args[0] : "publisher";
                });
    registrations.add(
        Board.CONTEXT.registerService(
            CloudPublisher.class,
            publisher,
            new Hashtable<>(Map.of("kura.service.pid", "sPublisher"))));
    new Board()
        .probe(in)
        .put(
            "sPub",
            1,
            0,
            WIRE + "CloudPublisher",
            "CloudPublisher.target",
            "(kura.service.pid=sPublisher)",
            "set.body.from.property",
            "text",
            "remove.body.from.metrics",
            true)
        .wire("sIn", "sPub")
        .apply();
    in.wires()
        .emit(List.of(Probe.record("assetName", "pump", "text", "hällo"), Probe.record("x", 1.5)));
    Board.await(() -> "" + published.size(), () -> published.size() == 2);
    KuraMessage first = published.get(0);
    assertEquals("hällo", new String(first.getPayload().getBody(), "UTF-8"));
    assertEquals(java.util.Set.of("assetName"), first.getPayload().metricNames());
    assertEquals("pump", first.getProperties().get("assetName"));
    assertTrue(System.currentTimeMillis() - first.getPayload().getTimestamp().getTime() < 60_000);
    assertEquals(1.5, published.get(1).getPayload().getMetric("x"));
  }

  @Test
  void cloudSubscriberMakesOneRecordOfEachMessage() throws Exception {
    List<CloudSubscriberListener> listeners = new CopyOnWriteArrayList<>();
    CloudSubscriber subscriber =
        (CloudSubscriber)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {CloudSubscriber.class},
                (proxy, method, args) -> {
                  switch (method.getName()) {
                    case "registerCloudSubscriberListener" ->
                        listeners.add((CloudSubscriberListener) args[0]);
                    case "unregisterCloudSubscriberListener" -> listeners.remove(args[0]);
                    case "hashCode" -> {
                      return 1;
                    }
                    case "equals" -> {
                      return proxy == args[0];
                    }
                    default -> {
                      return null;
                    }
                  }
                  return null;
                });
    registrations.add(
        Board.CONTEXT.registerService(
            CloudSubscriber.class,
            subscriber,
            new Hashtable<>(Map.of("kura.service.pid", "sSubscriber"))));
    new Board()
        .put(
            "sSub",
            0,
            1,
            WIRE + "CloudSubscriber",
            "CloudSubscriber.target",
            "(kura.service.pid=sSubscriber)",
            "set.property.from.body",
            "body",
            "body.property.type",
            "STRING")
        .probe(out)
        .wire("sSub", "sOut")
        .apply();
    Board.await(() -> "no listener", () -> !listeners.isEmpty());
    KuraPayload payload = new KuraPayload();
    payload.addMetric("x", 5);
    payload.setBody("hi".getBytes("UTF-8"));
    listeners.get(0).onMessageArrived(new KuraMessage(payload));
    assertEquals(List.of("body=hi x=5"), out.await(1).texts());
  }

  private void database(String pid) throws Exception {
    Board.configurations().createFactoryConfiguration(DATABASE, pid, new HashMap<>(), false);
    Board.await(
        () -> "no database",
        () ->
            Board.found(org.eclipse.kura.db.H2DbService.class, "(kura.service.pid=" + pid + ")")
                    .length
                == 1);
  }

  private void storeAndQuery(
      String pid,
      String store,
      Map<String, Object> storing,
      String query,
      Map<String, Object> asking)
      throws Exception {
    database(pid);
    try {
      new Board()
          .probe(in)
          .put("sStore", 1, 1, WIRE + store, pairs(storing))
          .probe(out)
          .probe(second)
          .put("sQuery", 1, 1, WIRE + query, pairs(asking))
          .wire("sIn", "sStore")
          .wire("sStore", "sOut")
          .wire("sSecond", "sQuery")
          .apply();
      for (int i = 1; i <= 7; i++) {
        in.emit("n", i, "t", "v" + i);
      }
      assertEquals(7, out.await(7).got().size(), "received records are emitted on");
      Probe answers = new Probe("sAnswers", 1, 0);
      try {
        new Board()
            .probe(in)
            .put("sStore", 1, 1, null)
            .probe(out)
            .probe(second)
            .put("sQuery", 1, 1, null)
            .probe(answers)
            .wire("sIn", "sStore")
            .wire("sStore", "sOut")
            .wire("sSecond", "sQuery")
            .wire("sQuery", "sAnswers")
            .apply();
        second.emit("go", true);
        assertEquals(List.of("n=5; n=6; n=7"), answers.await(1).texts());
      } finally {
        answers.close();
      }
    } finally {
      Board.configurations().deleteFactoryConfiguration(pid, false);
    }
  }

  private static Object[] pairs(Map<String, Object> properties) {
    List<Object> pairs = new ArrayList<>();
    new TreeMap<>(properties)
        .forEach(
            (key, value) -> {
              pairs.add(key);
              pairs.add(value);
            });
    return pairs.toArray();
  }

  /** At 5 records 2 are left and the new one is added: after 7 inserts 3 to 7 have become 5 to 7. */
  @Test
  void recordStoreIsCutAndQueryEmitsItsRows() throws Exception {
    storeAndQuery(
        "sDatabase",
        "WireRecordStore",
        Map.of(
            "store.name",
            "WR_data",
            "maximum.store.size",
            5,
            "cleanup.records.keep",
            2,
            "WireRecordStoreProvider.target",
            "(kura.service.pid=sDatabase)"),
        "WireRecordQuery",
        Map.of(
            "query", "SELECT \"n\" AS \"n\" FROM \"WR_data\" ORDER BY ID;",
            "QueryableWireRecordStoreProvider.target", "(kura.service.pid=sDatabase)"));
  }

  @Test
  void deprecatedStoreAndFilterDoTheSame() throws Exception {
    storeAndQuery(
        "sDatabase2",
        "DbWireRecordStore",
        Map.of(
            "table.name",
            "old",
            "maximum.table.size",
            5,
            "cleanup.records.keep",
            2,
            "BaseDbService.target",
            "(kura.service.pid=sDatabase2)"),
        "DbWireRecordFilter",
        Map.of(
            "sql.view", "SELECT \"n\" AS \"n\" FROM \"old\" ORDER BY ID;",
            "BaseDbService.target", "(kura.service.pid=sDatabase2)"));
  }

  @Test
  void filterComponentEmitsTheListOutput() throws Exception {
    chain(
        WIRE + "script.tools.FilterComponent",
        "script",
        """
        var sum = sum || 0;
        output = new Array();
        for (var i = 0; i < input.records.length; i++) {
          sum = sum + input.records[i].n.getValue();
          var record = newWireRecord();
          record.sum = newLongValue(sum);
          output[i] = record;
        }
        if (sum > 10) { output = undefined }
        """);
    in.emit("n", 3);
    in.emit("n", 4);
    in.emit("n", 50);
    assertEquals(List.of("sum=3", "sum=7"), out.await(2).texts());
  }

  @Test
  void conditionalComponentForwardsByThenOrElse() throws Exception {
    new Board()
        .probe(in)
        .put(
            "sIf",
            1,
            2,
            WIRE + "script.tools.ConditionalComponent",
            "condition",
            "records[0].n.getValue() > 10")
        .probe(out)
        .probe(second)
        .wire("sIn", "sIf")
        .wire("sIf", 0, "sOut", 0)
        .wire("sIf", 1, "sSecond", 0)
        .apply();
    in.emit("n", 11);
    in.emit("n", 9);
    in.emit("other", 1);
    assertEquals(List.of("n=11"), out.await(1).texts());
    assertEquals(List.of("n=9"), second.await(1).texts());
  }

  @Test
  void componentsBeyondKurasDoTheirWork() throws Exception {
    new Board()
        .probe(in)
        .put("sBand", 1, 1, "org.penstock.flow.wires.Deadband", "deadband.absolute", 5.0)
        .put(
            "sShape",
            1,
            1,
            "org.penstock.flow.wires.Reshape",
            "rename",
            "n = m",
            "scale",
            "m = 2, 1")
        .put("sBatch", 1, 1, "org.penstock.flow.wires.Batch", "batch.records", 2)
        .put("sSlow", 1, 1, "org.penstock.flow.wires.Throttle", "interval.ms", 1)
        .probe(out)
        .wire("sIn", "sBand")
        .wire("sBand", "sShape")
        .wire("sShape", "sBatch")
        .wire("sBatch", "sSlow")
        .wire("sSlow", "sOut")
        .apply();
    for (int n : new int[] {0, 3, 6, 7}) {
      in.emit("n", n);
    }
    assertEquals(List.of("m=1.0; m=13.0"), out.await(1).texts());
  }

  @Test
  void aggregateEmitsOneRecordForAWindow() throws Exception {
    chain("org.penstock.flow.wires.Aggregate", "window.ms", 200, "functions", "count");
    in.emit("n", 1);
    assertTrue(out.await(1).texts().get(0).startsWith("n_count="), "" + out.texts());
  }
}
