package org.penstock.acceptance.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Two hundred devices, then two hundred reports in a second. Without it a big network could lose what it tells. */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class ZigbeeManyTest extends ZigbeeRig {

  private static final int DEVICES = 200;
  private static final int PER_SECOND = 200;
  private static final int SECONDS = 60;
  private static final int FIRST_VALUE = 1000; // the simulator's storm
  private static final Duration DISCOVERED = Duration.ofSeconds(120);
  private static final Pattern USED = Pattern.compile(".*used (\\d+)K.*");

  ZigbeeManyTest() {
    super("znp-3.x.0");
  }

  private static String ieee(int number) {
    return "00124b00020%05x".formatted(number);
  }

  @Override
  void seed(Seed seed) {
    seed.asset("hall", "zb").graph(3_600_000, "hall");
    for (int i = 0; i < DEVICES; i++) {
      seed.channel("hall", "t" + i, "DOUBLE", "device", "0x" + ieee(i), "cluster", "0x0402");
      seed.component("hall", "org.eclipse.kura.wire.WireAsset", "t" + i + "#+listen", true);
    }
  }

  @Test
  void twoHundredDevicesJoinAndNoneOfTwelveThousandReportsIsLost() {
    awaitLink("online");
    job("permit-join", "\"seconds\":\"254\"");
    awaitPermit(true);
    for (int i = 0; i < DEVICES; i++) {
      stick.say("add temperature " + ieee(i));
    }
    long begun = System.nanoTime();
    for (int i = 0; i < DEVICES; i++) {
      long due = begun + i * 100_000_000L;
      LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
      stick.say("join " + ieee(i));
    }
    Await.until(
        DISCOVERED.minusNanos(System.nanoTime() - begun),
        () -> "interviewed: " + interviewed(),
        () -> interviewed() == DEVICES);
    double discovered = (System.nanoTime() - begun) / 1e9;
    long heap = heap();
    int from = inbox.messages().size();
    stick.say("storm " + PER_SECOND + " " + SECONDS + " 1 0x0402 0");
    Duration half = Duration.ofSeconds(SECONDS / 2);
    Await.until(
        LIMIT.plus(half),
        () -> "sent: " + stick.say("stormed"),
        () -> Integer.parseInt(stick.say("stormed")) >= PER_SECOND * SECONDS / 2);
    long asked = System.nanoTime();
    assertEquals(200, gateway.get("/api/v1/zigbee/zb/devices").statusCode());
    double listed = (System.nanoTime() - asked) / 1e9;
    Await.until(
        LIMIT.plusSeconds(SECONDS),
        () -> "arrived: " + arrived(from).size() + " of " + PER_SECOND * SECONDS,
        () -> arrived(from).size() == PER_SECOND * SECONDS);
    long after = heap();
    System.out.printf(
        "200 devices discovered in %.1f s; 12000 reports at 200/s arrived; list under load %.2f s;"
            + " heap %d KB -> %d KB%n",
        discovered, listed, heap, after);
    assertTrue(listed < 5, "the list took " + listed + " s");
    assertTrue(after < heap * 1.5 + 4_000, "heap " + heap + " KB -> " + after + " KB");
  }

  private int interviewed() {
    int count = 0;
    for (JsonElement device :
        JsonParser.parseString(gateway.get("/api/v1/zigbee/zb/devices").body()).getAsJsonArray()) {
      count += device.getAsJsonObject().get("interviewed").getAsBoolean() ? 1 : 0;
    }
    return count;
  }

  /** Device and value of each report that has come: each is sent once. */
  private Set<String> arrived(int from) {
    Set<String> arrived = new HashSet<>();
    for (Map<String, Object> metrics : values(from, "hall")) {
      new TreeMap<>(metrics)
          .forEach(
              (name, value) -> {
                if (name.matches("t\\d+") && value instanceof Double number) {
                  assertTrue(number >= FIRST_VALUE, name + " = " + number);
                  arrived.add(name + '=' + number);
                }
              });
    }
    return arrived;
  }

  /** What lives on the heap, in KB. */
  private long heap() {
    run("GC.run");
    return run("GC.heap_info").stream()
        .map(USED::matcher)
        .filter(Matcher::matches)
        .mapToLong(m -> Long.parseLong(m.group(1)))
        .findFirst()
        .orElseThrow();
  }

  private List<String> run(String command) {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try (Child child =
        new Child("jcmd", new ProcessBuilder(tool.toString(), "" + gateway.pid(), command))) {
      child.end(Duration.ofSeconds(60));
      return List.copyOf(child.lines());
    }
  }
}
