package org.penstock.cloud.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;

/** Without it a dead link would be noticed after two keep-alives instead of one and a half. */
class PingsTest {

  @Test
  void looksFourTimesInAKeepAliveHoweverLongTheLibraryWouldWait() {
    List<Duration> delays = new ArrayList<>();
    Strand strand =
        (Strand)
            Proxy.newProxyInstance(
                Strand.class.getClassLoader(),
                new Class<?>[] {Strand.class},
                (proxy, method, arguments) -> {
                  delays.add((Duration) arguments[0]);
                  return Proxy.newProxyInstance(
                      Schedule.class.getClassLoader(),
                      new Class<?>[] {Schedule.class},
                      (p, m, a) -> m.getReturnType() == long.class ? 0L : null);
                });
    Pings pings = new Pings(strand, 30);
    pings.schedule(30_000, () -> {});
    pings.schedule(100, () -> {});
    pings.stop();
    assertEquals(List.of(Duration.ofMillis(7500), Duration.ofMillis(100)), delays);
  }
}
