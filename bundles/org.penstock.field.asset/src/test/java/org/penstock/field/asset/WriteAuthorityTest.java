package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.write.ChannelAuthority;
import org.penstock.api.write.WriteOutcome;
import org.penstock.api.write.WriteOutcome.Result;
import org.penstock.api.write.WriteSource;

/** Who may write to a channel. If deleted: a rule and a person could fight over a pump. */
class WriteAuthorityTest {

  private static final WriteSource ANNA = new WriteSource(WriteSource.Kind.OPERATOR, "anna");
  private static final WriteSource RULE = new WriteSource(WriteSource.Kind.RULE, "dry-run");
  private static final WriteSource SCADA = new WriteSource(WriteSource.Kind.SCADA, "modbus");
  private static final long LONG_TIME = 3_600_000;

  @TempDir File cache;
  private Rig rig;
  private ChannelWriting writing;
  private final FakeDriver driver = new FakeDriver(true);

  @BeforeEach
  void start() throws Exception {
    rig = new Rig(cache);
    writing = new ChannelWriting(rig.threads, rig.strands);
    driver.device.put("speed", 7);
  }

  @AfterEach
  void stop() throws Exception {
    writing.close();
    rig.close();
  }

  private WireAsset pump(String key, Object value) {
    Props props =
        Props.asset()
            .set("timestamp.mode", "NO_TIMESTAMPS")
            .channel("speed", "READ_WRITE", "INTEGER");
    WireAsset asset = rig.asset(key.isEmpty() ? props : props.set("speed#" + key, value));
    rig.attach(asset, driver);
    return asset;
  }

  private WriteOutcome write(int value, WriteSource source) throws Exception {
    return write("speed", TypedValues.newIntegerValue(value), source);
  }

  private WriteOutcome write(String channel, TypedValue<?> value, WriteSource source)
      throws Exception {
    return writing
        .write("asset", Map.of(channel, value), source)
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS)
        .get(0);
  }

  private static void assertRefused(String why, WriteOutcome outcome) {
    assertEquals(Result.REFUSED, outcome.result());
    assertTrue(outcome.reason().contains(why), outcome.reason());
  }

  @Test
  void withoutRulesEverySourceWritesAndNobodyHolds() throws Exception {
    WireAsset asset = pump("", "");
    for (WriteSource source : List.of(ANNA, SCADA, RULE)) {
      assertEquals(Result.WRITTEN, write(1, source).result());
    }
    assertEquals(Map.of(), writing.authorities("asset"));
    assertEquals(3, driver.written.size());
    asset.deactivate();
  }

  @Test
  void strongerSourcesTakeOverAndWeakerOnesWait() throws Exception {
    WireAsset asset = pump("+write.hold.ms", LONG_TIME);
    assertEquals(Result.WRITTEN, write(1, RULE).result());
    assertRefused("RULE dry-run holds the channel until ", write(2, SCADA));
    assertRefused("RULE dry-run holds", write(3, new WriteSource(WriteSource.Kind.RULE, "other")));
    assertEquals(Result.WRITTEN, write(4, RULE).result());
    assertEquals(Result.WRITTEN, write(5, ANNA).result());
    assertRefused("OPERATOR anna holds", write(6, RULE));
    ChannelAuthority held = writing.authorities("asset").get("speed");
    assertEquals(Optional.of(ANNA), held.holder());
    writing.release("asset", "speed", RULE); // not its own
    assertRefused("OPERATOR anna holds", write(7, RULE));
    writing.release("asset", "speed", ANNA);
    assertEquals(Result.WRITTEN, write(8, RULE).result());
    asset.deactivate();
  }

  @Test
  void aHoldEndsByItself() throws Exception {
    WireAsset asset = pump("+write.hold.ms", 50L);
    assertEquals(Result.WRITTEN, write(1, ANNA).result());
    Rig.await(() -> writing.authorities("asset").isEmpty());
    assertEquals(Result.WRITTEN, write(2, SCADA).result());
    asset.deactivate();
  }

  @Test
  void aWriteThatFailsHoldsNothing() throws Exception {
    WireAsset asset = pump("+write.hold.ms", LONG_TIME);
    driver.broken.set(new org.eclipse.kura.driver.Driver.ConnectionException("wire cut"));
    WriteOutcome failed = write(1, ANNA);
    assertEquals(Result.FAILED, failed.result());
    assertEquals("wire cut", failed.reason());
    driver.broken.set(null);
    assertEquals(Result.WRITTEN, write(2, SCADA).result());
    asset.deactivate();
  }

  @Test
  void wiresAreSourcesToo() throws Exception {
    WireAsset asset = pump("+write.hold.ms", LONG_TIME);
    write(1, ANNA);
    Rig.trigger(asset, Map.of("speed", TypedValues.newIntegerValue(2)));
    rig.next();
    rig.settleValues();
    assertEquals(1, driver.written.size());
    asset.deactivate();
  }

  @Test
  void inHandOnlyOperatorsWriteUntilOneSwitchesToAutomatic() throws Exception {
    WireAsset asset = pump("", "");
    writing.hand("asset", "speed", ANNA).toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertRefused("the channel is in hand since ", write(1, RULE));
    assertEquals(Result.WRITTEN, write(2, ANNA).result());
    ChannelAuthority authority = writing.authorities("asset").get("speed");
    assertTrue(authority.hand());
    assertEquals(Optional.of(ANNA), authority.holder());
    writing.automatic("asset", "speed", ANNA).toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertEquals(Result.WRITTEN, write(3, RULE).result());
    assertThrows(IllegalArgumentException.class, () -> writing.hand("asset", "speed", RULE));
    assertThrows(
        ExecutionException.class,
        () -> writing.hand("asset", "sped", ANNA).toCompletableFuture().get());
    asset.deactivate();
  }

  @Test
  void boundsAndRateAreGuarded() throws Exception {
    WireAsset asset = pump("+write.max", "100");
    assertRefused("101 is above +write.max 100", write(101, ANNA));
    assertEquals(Result.WRITTEN, write(100, ANNA).result());
    asset.reconfigure(
        Props.asset()
            .channel("speed", "READ_WRITE", "INTEGER")
            .set("speed#+write.interval.ms", LONG_TIME)
            .map());
    rig.settle();
    assertEquals(Result.WRITTEN, write(1, ANNA).result());
    assertRefused("allows one write each 3600000 ms", write(2, ANNA));
    assertEquals(2, driver.written.size());
    asset.deactivate();
  }

  @Test
  void boundsHoldForANumberThatComesAsText() throws Exception {
    WireAsset asset = pump("+write.max", "100");
    ChannelRecord text =
        ChannelRecord.createWriteRecord("speed", TypedValues.newStringValue("9999"));
    asset.write(List.of(text));
    assertEquals(ChannelFlag.FAILURE, text.getChannelStatus().getChannelFlag());
    assertEquals(0, driver.written.size());
    asset.deactivate();
  }

  @Test
  void readBackMustBeTheSameValue() throws Exception {
    WireAsset asset = pump("+write.readback", true);
    driver.device.put("speed", 50);
    WriteOutcome good = write(50, ANNA);
    assertEquals(Result.WRITTEN, good.result());
    assertEquals(Optional.of(TypedValues.newIntegerValue(50)), good.after());
    WriteOutcome other = write(51, ANNA);
    assertEquals(Result.FAILED, other.result());
    assertEquals("wrote 51 and read back 50", other.reason());
    driver.device.put("speed", new ChannelStatus(ChannelFlag.FAILURE, "no register", null));
    assertEquals("written, but it could not be read back: no register", write(52, ANNA).reason());
    asset.deactivate();
  }

  @Test
  void unknownAssetsChannelsAndTypesAreRefusedWithTheReason() throws Exception {
    WireAsset asset = pump("", "");
    assertRefused("Channel not available", write("sped", TypedValues.newIntegerValue(1), ANNA));
    assertRefused(
        "the channel's type is INTEGER, given: LONG",
        write("speed", TypedValues.newLongValue(1), ANNA));
    asset.deactivate();
    assertRefused("asset asset is not there", write(1, ANNA));
  }

  @Test
  void withoutDriverAWriteFailsAndSaysSo() throws Exception {
    WireAsset asset = rig.asset(Props.asset().channel("speed", "READ_WRITE", "INTEGER"));
    WriteOutcome outcome = write(1, ANNA);
    assertEquals(Result.FAILED, outcome.result());
    assertTrue(outcome.reason().contains("Driver not attached"), outcome.reason());
    asset.deactivate();
  }

  /** If deleted: nobody could find out afterwards who opened the valve. */
  @Test
  void everyWriteIsInTheAuditLogWithBeforeAndAfter() throws Exception {
    WireAsset asset = pump("+write.max", "100");
    Rig.trigger(asset);
    rig.next();
    PrintStream err = System.err;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      write(50, ANNA);
      write(500, RULE);
      ChannelRecord record =
          ChannelRecord.createWriteRecord("speed", TypedValues.newIntegerValue(51));
      asset.write(List.of(record));
      writing.hand("asset", "speed", ANNA).toCompletableFuture().get(10, TimeUnit.SECONDS);
    } finally {
      System.setErr(err);
    }
    String log = captured.toString(StandardCharsets.UTF_8);
    for (String line :
        List.of(
            "{entrypoint=Internal} Asset - write asset/speed by OPERATOR anna: asked 50, before 7,"
                + " after 50, WRITTEN",
            "write asset/speed by RULE dry-run: asked 500, before 7, after unchanged, REFUSED 500"
                + " is above +write.max 100",
            "write asset/speed by WIRE Internal: asked 51, before 7, after 51, WRITTEN",
            "asset/speed switched to hand by OPERATOR anna")) {
      assertTrue(log.contains(line), () -> line + "\nis not in\n" + log);
    }
    asset.deactivate();
  }
}
