package org.penstock.driver.lorawan.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.driver.lorawan.region.Region.Band;
import org.penstock.driver.lorawan.region.RegionFile;

/** What a gateway has sent. If deleted: a look at the health page could have it send more than the law allows. */
class DutyCycleTest {

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
  private static final long FRAME = 30_000_000;

  @TempDir java.nio.file.Path folder;

  private Band band() throws Exception {
    return RegionFile.load("EU868", folder).band(868_100_000);
  }

  @Test
  void aReaderWhoseTimeIsOlderLosesNothingOfWhatWasSent() throws Exception {
    DutyCycle duty = new DutyCycle();
    Band band = band();
    duty.add(band, FRAME, 10 * MINUTE);
    assertEquals(FRAME, duty.used(band, 10 * MINUTE - 1), "a reader that was held up");
    assertEquals(FRAME, duty.used(band, 10 * MINUTE));
    assertFalse(duty.allows(band, FRAME, 11 * MINUTE), "1 % of an hour are 36 s");
    assertEquals(FRAME, duty.used(band, 69 * MINUTE));
    assertEquals(0, duty.used(band, 70 * MINUTE));
    duty.add(band, 7, 70 * MINUTE);
    assertEquals(7, duty.used(band, 70 * MINUTE), "the place of an hour ago");
  }

  @Test
  void nothingIsLostBetweenThreads() throws Exception {
    DutyCycle duty = new DutyCycle();
    Band band = band();
    int each = 2_000;
    CyclicBarrier together = new CyclicBarrier(3);
    Callable<Void> reads =
        () -> {
          together.await(30, TimeUnit.SECONDS);
          for (long i = 0; i < each; i++) {
            duty.used(band, (i % 50 - 1) * MINUTE);
          }
          return null;
        };
    ExecutorService readers = Executors.newFixedThreadPool(2);
    try {
      List<Future<Void>> done = List.of(readers.submit(reads), readers.submit(reads));
      together.await(30, TimeUnit.SECONDS);
      for (long i = 0; i < each; i++) {
        duty.add(band, 1, i % 50 * MINUTE);
      }
      for (Future<Void> one : done) {
        one.get(10, TimeUnit.SECONDS);
      }
      assertEquals(each, duty.used(band, 50 * MINUTE));
    } finally {
      readers.shutdownNow();
    }
  }
}
