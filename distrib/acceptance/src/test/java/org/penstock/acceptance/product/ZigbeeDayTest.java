package org.penstock.acceptance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A day's events in 24 minutes: the devices' clock runs sixty times as fast. Each of twelve sensors tells a new value
 * each minute of theirs; each hour a device changes its address, a plug is switched and the network is opened. Without
 * it what is lost or grows by little in an hour would show at customers.
 */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class ZigbeeDayTest extends ZigbeeRig {

  private static final int HOURS = Integer.getInteger("penstock.zigbee.hours", 24);
  private static final int SPEED = 60;
  private static final int MINUTES = 60;
  private static final int SENSORS = 12;
  private static final long MOST_GROWTH = 3_000; // KB in a day of 17,000 reports
  private static final String FIRST = "00124b00020%05x";

  ZigbeeDayTest() {
    super("znp-3.x.0", SPEED);
  }

  @Override
  void seed(Seed seed) {
    seed.asset("hall", "zb").asset("plug", "zb").graph(3_600_000, "hall");
    for (int i = 0; i < SENSORS; i++) {
      listened(seed, "hall", "t" + i, "DOUBLE", FIRST.formatted(i), "0x0402", "0x0000", "1");
    }
    seed.channel("plug", "on", "BOOLEAN", "device", "0x" + PLUG, "cluster", "6");
  }

  @Test
  void aDaysEventsArriveCountersRiseAndNothingGrows() {
    awaitLink("online");
    stick.say("add plug " + PLUG);
    join(PLUG);
    for (int i = 0; i < SENSORS; i++) {
      stick.say("add temperature " + FIRST.formatted(i));
      join(FIRST.formatted(i));
    }
    Await.until(LIMIT, () -> "interviewed: " + interviewed(), () -> interviewed() == SENSORS + 1);
    String network = parameters();
    ZigbeeArrivals arrivals = new ZigbeeArrivals(inbox, "hall");
    int perSecond = SENSORS * SPEED / MINUTES;
    int each = perSecond * MINUTES * MINUTES / SPEED;
    stick.say("storm " + perSecond + " " + HOURS * MINUTES * MINUTES / SPEED + " 1 0x0402 0");
    double before = heard();
    List<Hour> hours = new ArrayList<>();
    for (int hour = 1; hour <= HOURS; hour++) {
      int due = hour * each;
      Await.until(
          LIMIT.multipliedBy(5),
          () -> "sent " + stick.say("stormed") + ", arrived " + arrivals.count() + " of " + due,
          () -> arrivals.count() >= due);
      stick.say("rejoin " + PLUG);
      boolean on = hour % 2 == 1;
      List<String> answers = new ArrayList<>();
      Await.until(
          LIMIT,
          () -> "the plug is not switched: " + answers,
          () -> {
            answers.add(write(on));
            return written(answers.get(answers.size() - 1));
          });
      assertEquals(on ? "1" : "0", stick.say("get " + PLUG + " 1 6 0"), () -> "but " + answers);
      permit(254);
      permit(0);
      assertEquals(network, parameters());
      hours.add(new Hour(threads(), counter(), heard() - before, heap()));
      System.out.println(
          "hour %d: %d arrived, switched by attempt %d, %s"
              .formatted(hour, arrivals.count(), answers.size(), hours.get(hour - 1)));
    }
    assertEquals(HOURS * each, arrivals.count(), "reports that arrived");
    nothingGrows(hours, each);
    assertEquals(0.0, gateway.figure(DRIVER, "frames.garbled"));
    assertEquals(0.0, gateway.figure(DRIVER, "messages.garbled"));
    assertTrue(stick.say("network").contains("forms=1"), stick.say("network"));
  }

  private static void nothingGrows(List<Hour> hours, int each) {
    for (int i = 0; i < HOURS; i++) {
      assertTrue(hours.get(i).heard() >= (i + 1) * each, "messages heard: " + hours);
      assertTrue(
          i == 0 || hours.get(i).counter() >= hours.get(i - 1).counter(), "counters: " + hours);
    }
    Hour last = hours.get(HOURS - 1);
    assertTrue(last.threads() <= hours.get(0).threads() + 2, "threads: " + hours);
    long early = hours.stream().limit(3).mapToLong(Hour::heap).max().orElseThrow();
    assertTrue(last.heap() < early + MOST_GROWTH, "heap: " + hours);
  }

  /**
   * What is looked at each hour: the driver's threads, the network's frame counter, messages since
   * the day began, what lives on the heap in KB.
   */
  private record Hour(long threads, long counter, double heard, long heap) {}

  /** While the network is open, which is four seconds at that speed. */
  private void join(String ieee) {
    Await.until(
        LIMIT,
        () -> ieee + " does not get in",
        () -> {
          if (!stick.say("network").contains("permit=true")) {
            permit(254);
          }
          return !stick.say("join " + ieee).equals("refused");
        });
  }

  /** As the kernel has them, which costs the gateway nothing. */
  private long threads() {
    Path tasks = Path.of("/proc/" + gateway.pid() + "/task");
    try (Stream<Path> all = Files.list(tasks)) {
      return all.filter(ZigbeeDayTest::isDrivers).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isDrivers(Path task) {
    try {
      return Files.readString(task.resolve("comm")).startsWith("driver/zigbee");
    } catch (IOException ended) {
      return false;
    }
  }

  private long counter() {
    return Long.parseLong(stick.say("network").replaceAll(".*counter=(\\d+).*", "$1"));
  }

  private double heard() {
    return gateway.figure(DRIVER, "messages.heard");
  }
}
