package org.penstock.driver.kit.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.eclipse.kura.driver.PreparedRead;
import org.eclipse.kura.type.TypedValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.penstock.api.driver.AsyncDriver;

/**
 * What every driver must withstand. A driver's test extends this class and gives a bench; each test
 * says what would break in the plant if it did not hold. Nothing here sleeps.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class DriverConformance {

  private static final String ONE = "one";
  private static final String OTHER = "other";
  private static final int POLLS_OF_ABSENT_DEVICE = 1000;
  private static final int STARTS = 100;

  /** Threads that JVM and JUnit start once and keep. */
  private static final Pattern OF_THE_MACHINE =
      Pattern.compile("junit-|CompletableFutureDelayScheduler|ForkJoinPool.common|process reaper");

  private DriverBench bench;
  private Set<Thread> threadsBefore;

  /** A fresh bench; it starts nothing by itself. */
  protected abstract DriverBench newBench() throws Exception;

  @BeforeEach
  void setUpBench() throws Exception {
    threadsBefore = new HashSet<>(Thread.getAllStackTraces().keySet());
    bench = newBench();
  }

  @AfterEach
  void tearDownBench() throws Exception {
    bench.close();
  }

  /** If deleted: a driver could describe channels in a form that Kura's console rejects. */
  @Test
  void channelDescriptorIsAListOfTadWithUsableIds() throws Exception {
    Driver driver = bench.start(ONE);
    List<?> ads = (List<?>) driver.getChannelDescriptor().getDescriptor();
    assertFalse(ads.isEmpty());
    for (Object ad : ads) {
      String id = assertInstanceOf(Tad.class, ad).getId();
      assertFalse(id.startsWith("+") || id.contains("#"), id);
    }
    bench.stop(driver);
  }

  /** If deleted: wrong values could reach the cloud. */
  @Test
  void rightAnswer() throws Exception {
    Driver driver = bench.start(ONE);
    assertGood(read(driver, bench.goodRecords()));
    bench.stop(driver);
  }

  /** If deleted: polling, which uses prepared reads, could give other values than single reads. */
  @Test
  void preparedReadGivesTheSameAnswerEachTime() throws Exception {
    Driver driver = bench.start(ONE);
    List<ChannelRecord> records = bench.goodRecords();
    PreparedRead prepared = driver.prepareRead(records);
    assumeTrue(prepared != null, "the driver prepares no reads");
    assertEquals(
        records.stream().map(ChannelRecord::getChannelName).toList(),
        prepared.getChannelRecords().stream().map(ChannelRecord::getChannelName).toList());
    assertGood(prepared.execute());
    assertGood(prepared.execute());
    if (driver instanceof AsyncDriver async) {
      assertGood(get(async.readAsync(prepared).toCompletableFuture()));
      assertGood(get(async.readAsync(prepared).toCompletableFuture()));
    }
    prepared.close();
    bench.stop(driver);
  }

  /** If deleted: one wrong address could take all channels of a device down. */
  @Test
  void partialFailureStaysOnItsChannel() throws Exception {
    Driver driver = bench.start(ONE);
    List<ChannelRecord> records = new ArrayList<>();
    records.add(bench.badRecord());
    records.addAll(bench.goodRecords());
    List<ChannelRecord> answer = read(driver, records);
    ChannelRecord bad = answer.get(0);
    assertEquals(ChannelFlag.FAILURE, bad.getChannelStatus().getChannelFlag());
    assertNotNull(bad.getChannelStatus().getExceptionMessage(), "the failure says nothing");
    assertGood(answer.subList(1, answer.size()));
    bench.stop(driver);
  }

  /** If deleted: a write could be reported as done and never reach the device. */
  @Test
  void writeReachesTheDevice() throws Exception {
    assumeTrue(bench.write().isPresent(), "the protocol cannot write");
    Driver driver = bench.start(ONE);
    ChannelRecord write = bench.write().get();
    driver.write(List.of(write));
    assertEquals(ChannelFlag.SUCCESS, write.getChannelStatus().getChannelFlag());
    ChannelRecord back =
        ChannelRecord.createReadRecord(write.getChannelName(), write.getValueType());
    back.setChannelConfig(write.getChannelConfig());
    read(driver, List.of(back));
    assertEquals(write.getValue(), back.getValue());
    bench.stop(driver);
  }

  /** If deleted: a silent device could hold up its asset for ever. */
  @Test
  void timeoutIsBounded() throws Exception {
    assumeTrue(bench.supports(Fault.SILENT));
    Driver driver = bench.start(ONE);
    bench.device(ONE, Fault.SILENT);
    assertTimeout(bench.timeLimit(), () -> assertFails(driver));
    bench.device(ONE, Fault.NONE);
    awaitGood(driver);
    bench.stop(driver);
  }

  /** If deleted: line noise could stop a driver until somebody restarts it. */
  @Test
  void garbageIsSurvived() throws Exception {
    survives(Fault.GARBAGE);
  }

  /** If deleted: a broken-off answer could shift all answers after it. */
  @Test
  void truncatedFrameIsSurvived() throws Exception {
    survives(Fault.TRUNCATED);
  }

  /** If deleted: a device that was switched off for the night could stay lost in the morning. */
  @Test
  void deviceDisappearsAndReturns() throws Exception {
    survives(Fault.ABSENT);
  }

  /** If deleted: a change of configuration during a read could lose the driver or the read. */
  @Test
  void configurationChangedWhileReading() throws Exception {
    assumeTrue(bench.supports(Fault.SILENT));
    Driver driver = bench.start(ONE);
    bench.device(ONE, Fault.SILENT);
    CompletableFuture<Void> running = readInBackground(driver);
    Driver changed = bench.reconfigure(ONE, driver);
    running.get(bench.timeLimit().toMillis() + 2_000, TimeUnit.MILLISECONDS);
    bench.device(ONE, Fault.NONE);
    awaitGood(changed);
    bench.stop(changed);
  }

  /** If deleted: replacing a driver could hang the gateway or leak threads each time. */
  @Test
  void stopDuringAReadReturnsWithinTwoSecondsAndLeavesNoThreadAndNoPort() throws Exception {
    assumeTrue(bench.supports(Fault.SILENT));
    Driver driver = bench.start(ONE);
    bench.device(ONE, Fault.SILENT);
    CompletableFuture<Void> running = readInBackground(driver);
    assertTimeout(Duration.ofSeconds(2), () -> bench.stop(driver));
    running.get(10, TimeUnit.SECONDS);
    awaitNoConnection(ONE);
    bench.close();
    assertNoNewThreads();
  }

  /** If deleted: each change of a configuration could cost a connection, until the device has none. */
  @Test
  void aHundredStartsAndStopsLeaveNothingBehind() throws Exception {
    for (int i = 0; i < STARTS; i++) {
      Driver driver = bench.start(ONE);
      assertGood(read(driver, bench.goodRecords()));
      bench.stop(driver);
    }
    awaitNoConnection(ONE);
    bench.close();
    assertNoNewThreads();
  }

  /** If deleted: one dead device could slow down another one of the same kind. */
  @Test
  void twoInstancesDoNotDisturbEachOther() throws Exception {
    assumeTrue(bench.supports(Fault.SILENT));
    Driver silent = bench.start(ONE);
    Driver healthy = bench.start(OTHER);
    assertGood(read(healthy, bench.goodRecords()));
    bench.device(ONE, Fault.SILENT);
    CompletableFuture<Void> running = readInBackground(silent);
    assertGood(read(healthy, bench.goodRecords()));
    assertFalse(running.isDone(), "the silent device's read ended before the healthy one's");
    bench.stop(silent);
    assertGood(read(healthy, bench.goodRecords()));
    bench.stop(healthy);
    running.get(10, TimeUnit.SECONDS);
  }

  /** If deleted: a device that is away for a week could fill the disk with log lines. */
  @Test
  void logStaysQuietWhileTheDeviceIsAbsentForAThousandPolls() throws Exception {
    assumeTrue(bench.supports(Fault.ABSENT));
    Driver driver = bench.start(ONE);
    assertGood(read(driver, bench.goodRecords()));
    bench.device(ONE, Fault.ABSENT);
    PrintStream err = System.err;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      for (int i = 0; i < POLLS_OF_ABSENT_DEVICE; i++) {
        assertFails(driver);
      }
    } finally {
      System.setErr(err);
    }
    String log = captured.toString(StandardCharsets.UTF_8);
    assertTrue(log.lines().count() <= 1, "one line for one change of state, but was:\n" + log);
    bench.stop(driver);
  }

  private void survives(Fault fault) throws Exception {
    assumeTrue(bench.supports(fault));
    Driver driver = bench.start(ONE);
    assertGood(read(driver, bench.goodRecords()));
    bench.device(ONE, fault);
    assertTimeout(bench.timeLimit(), () -> assertFails(driver));
    bench.device(ONE, Fault.NONE);
    awaitGood(driver);
    bench.stop(driver);
  }

  private static List<ChannelRecord> read(Driver driver, List<ChannelRecord> records)
      throws ConnectionException {
    driver.read(records);
    return records;
  }

  private void assertGood(List<ChannelRecord> records) {
    Map<String, TypedValue<?>> expected = bench.goodValues();
    for (ChannelRecord record : records) {
      assertTrue(
          record.getChannelStatus() != null
              && record.getChannelStatus().getChannelFlag() == ChannelFlag.SUCCESS,
          () -> record.getChannelName() + ": " + record.getChannelStatus());
      assertEquals(expected.get(record.getChannelName()), record.getValue());
      assertTrue(record.getTimestamp() > 0, "no timestamp");
    }
  }

  /** A read that cannot succeed fails as a whole or on every channel, never with a value. */
  private void assertFails(Driver driver) {
    List<ChannelRecord> records = bench.goodRecords();
    try {
      driver.read(records);
    } catch (ConnectionException expected) {
      return;
    }
    for (ChannelRecord record : records) {
      assertEquals(ChannelFlag.FAILURE, record.getChannelStatus().getChannelFlag());
    }
  }

  /** Reads again and again, at once, until it works; a driver in back-off refuses quickly. */
  private void awaitGood(Driver driver) {
    long end = System.nanoTime() + bench.recoveryLimit().toNanos();
    while (System.nanoTime() < end) {
      List<ChannelRecord> records = bench.goodRecords();
      if (succeeds(driver, records)) {
        assertGood(records);
        return;
      }
      Thread.onSpinWait();
    }
    fail("no values within " + bench.recoveryLimit() + " after the device had returned");
  }

  private static boolean succeeds(Driver driver, List<ChannelRecord> records) {
    try {
      driver.read(records);
    } catch (ConnectionException notYet) {
      return false;
    }
    return records.stream()
        .allMatch(r -> r.getChannelStatus().getChannelFlag() == ChannelFlag.SUCCESS);
  }

  /** Begins a read that hangs, and comes back once the driver's thread is really waiting in it. */
  private CompletableFuture<Void> readInBackground(Driver driver) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                assertFails(driver);
                ended.complete(null);
              } catch (RuntimeException | AssertionError problem) { // thread start
                ended.completeExceptionally(problem);
              }
            },
            "conformance-reader");
    reader.setDaemon(true);
    reader.start();
    while (reader.getState() == Thread.State.NEW || reader.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
    return ended;
  }

  private void awaitNoConnection(String instance) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    while (bench.openConnections(instance) > 0) {
      assertTrue(System.nanoTime() < end, "a stopped driver holds connections or ports");
      Thread.onSpinWait();
    }
  }

  private void assertNoNewThreads() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!threadsBefore.contains(thread)
          && thread != Thread.currentThread()
          && !OF_THE_MACHINE.matcher(thread.getName()).lookingAt()) {
        thread.join(2_000);
        assertFalse(thread.isAlive(), "thread " + thread.getName() + " is left over");
      }
    }
  }

  private static <T> T get(CompletableFuture<T> future) throws KuraException {
    try {
      return future.get(10, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failure) {
      throw KuraException.internalError(failure);
    }
  }
}
