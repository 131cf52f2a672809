package org.penstock.acceptance.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Seed;

/**
 * The clock on the wall jumps by years under load. Without it a gateway whose clock is set by the
 * network after its start could lose, mix up or hold back messages. Needs Debian's faketime.
 */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class ClockJumpTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String DATA = "cloud/data/" + Seed.DATA_SERVICE;

  @TempDir Path folder;
  private Path offset;
  private WitnessedGateway stage;

  @BeforeEach
  void start() throws IOException {
    offset = folder.resolve("offset");
    jump("+0");
    stage = new WitnessedGateway(folder);
    stage
        .gateway
        .variable("LD_PRELOAD", library().toString())
        .variable("FAKETIME_TIMESTAMP_FILE", offset.toString())
        .variable("FAKETIME_NO_CACHE", "1")
        .variable("FAKETIME_FORCE_MONOTONIC_FIX", "0")
        .variable("FAKETIME_DONT_FAKE_MONOTONIC", "1"); // as in life: only the wall clock jumps
    stage.start();
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  private static Path library() throws IOException {
    try (Stream<Path> files = Files.find(Path.of("/usr/lib"), 4, (p, a) -> isLibrary(p))) {
      return files.findFirst().orElseThrow(() -> new AssertionError("apt-get install -y faketime"));
    }
  }

  private static boolean isLibrary(Path path) {
    return path.endsWith("libfaketimeMT.so.1");
  }

  private void jump(String to) throws IOException {
    Path next = Files.writeString(folder.resolve("next"), to + "\n");
    Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void nothingIsLostMixedUpOrHeldBack() throws IOException {
    int today = Integer.parseInt(Instant.now().toString().substring(0, 4));
    for (String years : List.of("+9", "-9", "+0")) {
      stage.broker.kill();
      stage.grow(50);
      jump(years.equals("+0") ? "+0" : years + "y");
      int expected = today + Integer.parseInt(years);
      Await.until(LIMIT, () -> "it is " + date(), () -> Math.abs(year() - expected) <= 1);
      stage.grow(50);
      double age = stage.gateway.figure(DATA, "outbox.oldest.age.ms");
      assertEquals(0.0, stage.gateway.figure(DATA, "evicted"));
      assertTrue(age >= 0, String.format(Locale.ROOT, "%f", age));
      stage.broker.start();
      stage.deliversAll(0);
    }
    jump("-9y");
    stage.restart();
    stage.grow(20);
    assertTrue(clock().contains("time is not trusted"), clock());
    stage.deliversAll(0);
    stage.inOrder();
    jump("+0");
    Await.until(LIMIT, this::clock, () -> !clock().contains("not trusted"));
  }

  private String clock() {
    return stage.gateway.health().getAsJsonObject("states").get("core/clock").toString();
  }

  private int year() {
    return ZonedDateTime.parse(date(), DateTimeFormatter.RFC_1123_DATE_TIME).getYear();
  }

  private String date() {
    return stage
        .gateway
        .send(stage.gateway.request("/health").GET())
        .headers()
        .firstValue("date")
        .orElse("no date");
  }
}
