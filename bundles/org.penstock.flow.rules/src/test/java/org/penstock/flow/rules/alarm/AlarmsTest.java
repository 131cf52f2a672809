package org.penstock.flow.rules.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.outbox.Unwaited;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.SegmentedLog;
import org.penstock.api.strand.Strand;
import org.penstock.core.storage.CrashPoints;
import org.penstock.core.storage.FileStorage;
import org.penstock.core.system.StrandService;

/** Alarms with journal, events and publication. If deleted: a flood could lose alarms unseen. */
class AlarmsTest {

  private static final int FLOOD = 50_000;

  @TempDir Path folder;

  private record Config(int flood_count, int flood_time_s, int shelve_most_min)
      implements AlarmsConfig {
    @Override
    public String CloudPublisher_target() {
      return "";
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return AlarmsConfig.class;
    }
  }

  /** Counts what is published; each alarm once. */
  private static final class Counter implements CloudPublisher {
    private final Set<Object> names = ConcurrentHashMap.newKeySet();
    private final CountDownLatch all;

    Counter(int expected) {
      all = new CountDownLatch(expected);
    }

    @Override
    public String publish(KuraMessage message) {
      Object name = message.getProperties().get("alarm");
      if (message.getProperties().get("kind").equals("RAISED") && names.add(name)) {
        all.countDown();
      }
      return "id";
    }

    @Override
    public void registerCloudConnectionListener(CloudConnectionListener listener) {
      throw new IllegalStateException("nobody listens");
    }

    @Override
    public void unregisterCloudConnectionListener(CloudConnectionListener listener) {
      throw new IllegalStateException("nobody listens");
    }

    @Override
    public void registerCloudDeliveryListener(CloudDeliveryListener listener) {
      throw new IllegalStateException("nobody listens");
    }

    @Override
    public void unregisterCloudDeliveryListener(CloudDeliveryListener listener) {
      throw new IllegalStateException("nobody listens");
    }
  }

  private static Alarms.Raise raise(String name) {
    return new Alarms.Raise(name, "HIGH", "look there", "", "rule " + name);
  }

  @Test
  void aFloodIsInTheJournalWithTheEventsAndAtThePublisherAndOutlastsARestart() throws Exception {
    StrandService strands = new StrandService();
    Config config = new Config(10, 600, 60);
    List<Map<String, Object>> events = new CopyOnWriteArrayList<>();
    Counter counter = new Counter(FLOOD);
    Alarms alarms =
        new Alarms(
            config, new FileStorage(), strands.open("flow/alarms"), folder, Alarms.Clock.SYSTEM);
    int[] told = new int[1];
    alarms.setEvents(
        (type, permission, data) -> {
          told[0]++;
          if (told[0] < 20) {
            events.add(data);
          }
        });
    for (int i = 0; i < FLOOD / 2; i++) {
      alarms.raise(raise("a" + i), 1000L + i);
    }
    alarms.setCloudPublisher(counter);
    for (int i = FLOOD / 2; i < FLOOD; i++) {
      alarms.raise(raise("a" + i), 1000L + i);
    }
    assertTrue(counter.all.await(60, TimeUnit.SECONDS), "published: " + counter.names.size());
    assertEquals(FLOOD, alarms.all().size());
    assertTrue(told[0] > FLOOD, "events: " + told[0]);
    assertTrue(
        events.stream().anyMatch(event -> event.get("kind").equals("FLOOD_BEGAN")),
        events::toString);
    assertTrue((Long) alarms.health().figures().get("journal.written") > FLOOD);
    assertEquals(0L, alarms.health().figures().get("journal.lost"));
    alarms.close();

    Counter nothing = new Counter(1);
    Alarms again =
        new Alarms(
            config, new FileStorage(), strands.open("flow/alarms"), folder, Alarms.Clock.SYSTEM);
    again.setCloudPublisher(nothing);
    assertEquals(FLOOD, again.all().size());
    again.raise(raise("last"), 99_000);
    assertTrue(nothing.all.await(30, TimeUnit.SECONDS));
    assertEquals(Set.of("last"), nothing.names, "nothing is published twice");
    again.close();
  }

  @Test
  void operatorsAreNamedAndHeldToTheLimits() throws Exception {
    StrandService strands = new StrandService();
    Alarms alarms =
        new Alarms(
            new Config(10, 600, 60),
            new FileStorage(),
            strands.open("flow/alarms"),
            folder,
            Alarms.Clock.SYSTEM);
    alarms.raise(raise("hot"), 1000);
    Alarm seen = alarms.operate(Entry.Kind.ACKNOWLEDGED, "hot", "anna", "on my way", 0);
    assertEquals(Alarm.State.ACKNOWLEDGED, seen.state());
    assertEquals("anna", seen.by());
    assertEquals(
        "there is no alarm cold",
        assertThrows(
                IllegalArgumentException.class,
                () -> alarms.operate(Entry.Kind.ACKNOWLEDGED, "cold", "anna", "", 0))
            .getMessage());
    long tooLong = System.currentTimeMillis() + 3 * 3_600_000L;
    assertEquals(
        "an alarm is shelved for 1 to 60 minutes",
        assertThrows(
                IllegalArgumentException.class,
                () -> alarms.operate(Entry.Kind.SHELVED, "hot", "anna", "", tooLong))
            .getMessage());
    assertEquals("on my way", alarms.newest("hot", 1).get(0).comment());
    alarms.close();
  }

  /** Alarms that look at the time only when they are told to. */
  private static Alarms at(Path folder, AtomicLong wall, AtomicLong elapsed) {
    Strand idle = (Strand) around(Strand.class, (method, arguments) -> null);
    return new Alarms(
        new Config(2, 60, 60),
        new FileStorage(),
        idle,
        folder,
        new Alarms.Clock(wall::get, elapsed::get));
  }

  /** The clock is set forward by a day, back by two, and back once more while nothing runs. */
  @Test
  void aShelvingLastsAsLongAsWasSaidThoughTheClockIsSet() throws Exception {
    long hour = 3_600_000;
    AtomicLong wall = new AtomicLong(1000 * hour);
    AtomicLong elapsed = new AtomicLong(7);
    Alarms alarms = at(folder, wall, elapsed);
    alarms.raise(raise("hot"), wall.get());
    alarms.operate(Entry.Kind.SHELVED, "hot", "anna", "known", wall.get() + hour / 2);
    for (long set : List.of(24 * hour, -48 * hour)) {
      wall.addAndGet(set);
      alarms.look();
      assertEquals(Alarm.State.SHELVED, alarms.all().get("hot").state(), "set by " + set);
      assertEquals(wall.get() + hour / 2, alarms.all().get("hot").shelvedUntil());
      assertEquals("anna", alarms.all().get("hot").by());
    }
    alarms.close();
    Alarms again = at(folder, wall, elapsed);
    assertEquals(wall.get() + hour / 2, again.all().get("hot").shelvedUntil(), "after a restart");
    wall.addAndGet(hour / 2);
    elapsed.addAndGet(hour / 2);
    again.look();
    assertEquals(Alarm.State.UNACKNOWLEDGED, again.all().get("hot").state());
    again.operate(Entry.Kind.SHELVED, "hot", "anna", "known", wall.get() + hour / 2);
    again.close();
    wall.addAndGet(-48 * hour);
    Alarms later = at(folder, wall, elapsed);
    later.look();
    assertEquals(Alarm.State.UNACKNOWLEDGED, later.all().get("hot").state(), "longer than any may");
    later.close();
  }

  /** Three alarms within a minute are a flood, whatever the clock says in between. */
  @Test
  void aFloodIsOneThoughTheClockIsSet() throws Exception {
    AtomicLong wall = new AtomicLong(1_000_000_000);
    AtomicLong elapsed = new AtomicLong(7);
    Alarms alarms = at(folder, wall, elapsed);
    for (String name : List.of("a", "b", "c")) {
      alarms.raise(raise(name), wall.get());
      wall.addAndGet(3_600_000);
      elapsed.addAndGet(10);
    }
    assertTrue(alarms.isFlood(), "set forward, a flood was none");
    wall.addAndGet(-36_000_000);
    elapsed.addAndGet(61_000);
    alarms.look();
    assertFalse(alarms.isFlood(), "set back, it did not end");
    alarms.close();
  }

  /** How many positions a publication holds. */
  private static int held(Alarms alarms) throws ReflectiveOperationException {
    Field field = Alarms.class.getDeclaredField("publication");
    field.setAccessible(true);
    Object publication = field.get(alarms);
    int held = 0;
    for (Field each : publication.getClass().getDeclaredFields()) {
      each.setAccessible(true);
      held += each.get(publication) instanceof Collection<?> all ? all.size() : 0;
    }
    return held;
  }

  /** On a disk that takes no time; so many alarms are no flood. */
  private Alarms quick(int many) {
    return new Alarms(
        new Config(many, 600, 60),
        CrashPoints.quick(),
        new StrandService().open("flow/alarms"),
        folder,
        Alarms.Clock.SYSTEM);
  }

  /** More than the journal lists in memory, so that the oldest are looked for on the disk. */
  @Test
  void whatWaitsForAPublisherTakesNoMemoryAndIsPublishedInOrder() throws Exception {
    int many = 105_000;
    Alarms alarms = quick(many);
    for (int i = 0; i < many; i += 2) {
      alarms.raise(raise("pump"), i);
      alarms.clear("pump", i + 1);
    }
    assertEquals(0, held(alarms), "positions in memory");
    assertEquals((long) many, alarms.health().figures().get("waiting"));
    CountDownLatch all = new CountDownLatch(many);
    List<Long> disorder = new CopyOnWriteArrayList<>();
    long[] next = new long[1];
    CloudPublisher publisher =
        (CloudPublisher)
            around(
                CloudPublisher.class,
                (method, arguments) -> {
                  long at = ((KuraMessage) arguments[0]).getPayload().getTimestamp().getTime();
                  if (at != next[0]++) {
                    disorder.add(at);
                  }
                  all.countDown();
                  return "id";
                });
    alarms.setCloudPublisher(publisher);
    assertTrue(all.await(60, TimeUnit.SECONDS), () -> "left: " + all.getCount());
    alarms.close();
    assertEquals(List.of(), disorder);
    assertEquals(0L, alarms.health().figures().get("publication.lost"));
  }

  /** The disk takes what it was given when a hundred are there: who waits for each waits for ever. */
  @Test
  void aFloodWasToldWithAWaitForTheDiskAfterEachAlarm() throws Exception {
    int many = 100;
    Alarms alarms = quick(many);
    for (int i = 0; i < many; i++) {
      alarms.raise(raise("a" + i), i);
    }
    CountDownLatch all = new CountDownLatch(many);
    CompletableFuture<Void> disk = new CompletableFuture<>();
    alarms.setCloudPublisher(
        (CloudPublisher)
            around(
                CloudPublisher.class,
                (method, arguments) -> {
                  if (!Unwaited.take(disk)) {
                    disk.get(1, TimeUnit.MINUTES);
                  }
                  all.countDown();
                  return "id";
                }));
    assertTrue(all.await(30, TimeUnit.SECONDS), () -> "left: " + all.getCount());
    assertFalse(Files.exists(folder.resolve("published")), "noted before it was on the disk");
    disk.complete(null);
    alarms.close();
  }

  /** A storage whose logs can be written while a read of them hangs. */
  private static DurableStorage readingSlowly(CountDownLatch reads, CountDownLatch free) {
    DurableStorage files = new FileStorage();
    return (DurableStorage)
        around(
            DurableStorage.class,
            (method, arguments) -> {
              Object result = method.invoke(files, arguments);
              return !method.getName().equals("openLog")
                  ? result
                  : around(
                      SegmentedLog.class,
                      (of, given) -> {
                        if (of.getName().equals("read")) {
                          reads.countDown();
                          free.await(30, TimeUnit.SECONDS);
                        }
                        return of.invoke(result, given);
                      });
            });
  }

  private interface Answer {
    Object to(Method method, Object[] arguments) throws Exception;
  }

  private static Object around(Class<?> type, Answer answer) {
    return Proxy.newProxyInstance(
        AlarmsTest.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> answer.to(method, arguments));
  }

  @Test
  void anAlarmIsRaisedWhileSomebodyReadsTheJournalForLong() throws Exception {
    StrandService strands = new StrandService();
    CountDownLatch reads = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    ExecutorService others = Executors.newFixedThreadPool(2);
    Alarms alarms =
        new Alarms(
            new Config(10, 600, 60),
            readingSlowly(reads, free),
            strands.open("flow/alarms"),
            folder,
            Alarms.Clock.SYSTEM);
    try {
      alarms.raise(raise("old"), 1000);
      Future<List<Entry>> query = others.submit(() -> alarms.newest("old", 100));
      assertTrue(reads.await(10, TimeUnit.SECONDS));
      others.submit(() -> alarms.raise(raise("new"), 2000)).get(10, TimeUnit.SECONDS);
      assertTrue(alarms.all().get("new").active());
      free.countDown();
      assertEquals(
          List.of("old"),
          query.get(10, TimeUnit.SECONDS).stream().map(Entry::name).toList(),
          "the query sees what was there when it began");
    } finally {
      free.countDown();
      others.shutdownNow();
      alarms.close();
    }
  }
}
