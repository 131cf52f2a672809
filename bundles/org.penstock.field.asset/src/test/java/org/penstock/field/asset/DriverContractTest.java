package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Tscalar;
import org.eclipse.kura.driver.PreparedRead;
import org.eclipse.kura.type.DataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.driver.AsyncDriver;

/** What a driver is asked, told and allowed. If deleted: drivers written for Kura could fail here. */
class DriverContractTest {

  private static final Set<String> BASE =
      Set.of(
          "asset.desc",
          "driver.pid",
          "emit.all.channels",
          "timestamp.mode",
          "emit.errors",
          "emit.connection.errors",
          "emit.on.change",
          "emit.empty.envelopes",
          "emit.quality",
          "poll.interval.ms",
          "asset.group");
  private static final Set<String> GENERIC =
      Set.of(
          "+enabled",
          "+name",
          "+type",
          "+value.type",
          "+scaleoffset.type",
          "+scale",
          "+offset",
          "+unit",
          "+listen");

  @TempDir File cache;
  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig(cache);
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
  }

  private static Props one() {
    return Props.asset().set("timestamp.mode", "NO_TIMESTAMPS").channel("c", "READ", "INTEGER");
  }

  private static FakeDriver driver() {
    FakeDriver driver = new FakeDriver(false);
    driver.device.put("c", 1);
    return driver;
  }

  @Test
  void beforeTheDriverAppearsTheDefinitionHoldsOnlyBaseAttributes() throws Exception {
    assertEquals(BASE, ids(rig.asset(one())));
  }

  @Test
  void definitionIsBasePlusACloneOfEveryChannelAttributeForEachChannel() throws Exception {
    WireAsset asset = rig.asset(one().channel("d", "WRITE", "LONG"));
    rig.attach(asset, driver());
    Set<String> expected = new java.util.TreeSet<>(BASE);
    for (String channel : List.of("c", "d")) {
      GENERIC.forEach(id -> expected.add(channel + "#" + id));
      expected.add(channel + "#address");
    }
    for (String rule : List.of("order", "hold.ms", "interval.ms", "min", "max", "readback")) {
      expected.add("d#+write." + rule); // beyond Kura, and only for channels that can be written
    }
    assertEquals(expected, new java.util.TreeSet<>(ids(asset)));
    AD clone = ad(asset, "d#address");
    assertEquals("d#Address", clone.getName());
    assertEquals("7", clone.getDefault());
    assertTrue(clone.isRequired());
  }

  @Test
  void requiredAttributesMissingInAChannelAreFilledWithTheirDefaults() throws Exception {
    WireAsset asset = rig.asset(one());
    FakeDriver driver = driver();
    rig.attach(asset, driver);
    var properties = asset.getConfiguration().getConfigurationProperties();
    assertEquals(7, properties.get("c#address"));
    assertEquals(true, properties.get("c#+enabled"));
    assertEquals(false, properties.get("c#+listen"));
    Rig.trigger(asset);
    rig.next();
    assertEquals("7", driver.lastRead.get(0).getChannelConfig().get("address"));
  }

  /** If deleted: all channels written by hand without a name would be called Channel-1. */
  @Test
  void channelWithoutNameGetsItsOwn() throws Exception {
    WireAsset asset = rig.asset(Props.asset().set("c#+type", "READ").set("c#+value.type", "LONG"));
    rig.attach(asset, driver());
    assertEquals("c", asset.getConfiguration().getConfigurationProperties().get("c#+name"));
  }

  @Test
  void configurationHasThePidAndEachValueTheTypeOfItsAttribute() throws Exception {
    WireAsset asset =
        rig.asset(
            one()
                .set("c#address", "9")
                .set("c#+enabled", "true")
                .set("component.id", 5L)
                .set("osgi.ds.x", ""));
    rig.attach(asset, driver());
    var configuration = asset.getConfiguration();
    assertEquals("asset", configuration.getPid());
    var properties = configuration.getConfigurationProperties();
    for (AD ad : configuration.getDefinition().getAD()) {
      Object value = properties.get(ad.getId());
      if (value != null) {
        assertEquals(ad.getType().value(), value.getClass().getSimpleName(), ad.getId());
      }
    }
    assertFalse(properties.containsKey("component.id"));
    assertFalse(properties.containsKey("osgi.ds.x"));
  }

  @Test
  void nullDescriptorOrAnotherTypeLeavesTheAssetWithoutDriverAttributes() throws Exception {
    for (Object useless : new Object[] {"text", List.of("text")}) {
      FakeDriver driver = driver();
      driver.descriptor.set(useless);
      assertWorksWithoutDriverAttributes(driver);
    }
    FakeDriver none =
        new FakeDriver(false) {
          @Override
          public org.eclipse.kura.driver.ChannelDescriptor getChannelDescriptor() {
            return null;
          }
        };
    none.device.put("c", 1);
    assertWorksWithoutDriverAttributes(none);
  }

  private void assertWorksWithoutDriverAttributes(FakeDriver driver) throws Exception {
    WireAsset asset = rig.asset(one());
    var registration = rig.attach(asset, driver);
    assertFalse(ids(asset).contains("c#address"));
    Rig.trigger(asset);
    assertEquals("assetName=asset c=1", rig.next());
    registration.unregister();
    asset.deactivate();
  }

  @Test
  void attributeIdsThatBeginWithPlusOrContainTheSeparatorAreIgnored() throws Exception {
    FakeDriver driver = driver();
    driver.descriptor.set(List.of(text("+x"), text("a#b"), text("good")));
    WireAsset asset = rig.asset(one());
    rig.attach(asset, driver);
    Set<String> ids = ids(asset);
    assertTrue(ids.contains("c#good"));
    assertFalse(ids.contains("c#+x") || ids.contains("c#a#b"));
  }

  @Test
  void driverFillsTheSameRecordsWhichHoldAllPropertiesUnderTheirPlainNames() throws Exception {
    WireAsset asset = rig.asset(one().set("c#address", 3).set("c#+unit", "m"));
    FakeDriver driver = driver();
    rig.attach(asset, driver);
    List<ChannelRecord> read = asset.read(Set.of("c"));
    ChannelRecord asked = driver.lastRead.get(0);
    assertEquals("3", asked.getChannelConfig().get("address"));
    assertEquals("c", asked.getChannelConfig().get("+name"));
    assertEquals("READ", asked.getChannelConfig().get("+type"));
    assertEquals("INTEGER", asked.getChannelConfig().get("+value.type"));
    assertEquals(DataType.INTEGER, asked.getValueType());
    assertNotSame(asked, read.get(0), "readers get a copy that no later read changes");
    assertEquals("m", read.get(0).getUnit());
    assertEquals(1_000, read.get(0).getTimestamp());
  }

  @Test
  void driverThatLeavesARecordUntouchedMakesThatChannelFail() throws Exception {
    WireAsset asset = rig.asset(one().channel("d", "READ", "LONG").set("emit.errors", true));
    rig.attach(asset, driver());
    Rig.trigger(asset);
    assertEquals(
        "assetName=asset c=1 c_error= d_error=The driver did not answer for this channel",
        rig.next());
  }

  @Test
  void declaredParallelismLetsSeveralCallsRunAtATime() throws Exception {
    FakeDriver driver = driver();
    WireAsset first = rig.asset(one());
    WireAsset second = rig.asset(one().set("kura.service.pid", "two"));
    rig.register("driver", driver, 2);
    rig.settle();
    rig.strands.drain("field/asset/two/driver");
    driver.hold();
    Rig.trigger(first);
    Rig.trigger(second);
    Rig.await(() -> driver.atOnce.get() == 2);
    driver.release();
    rig.next();
    rig.next();
    assertEquals(2, driver.mostAtOnce.get());
  }

  @Test
  void asyncDriverIsReadWithoutAnyBlockedThread() throws Exception {
    AtomicReference<CompletableFuture<List<ChannelRecord>>> pending = new AtomicReference<>();
    AtomicReference<PreparedRead> asked = new AtomicReference<>();
    class Async extends FakeDriver implements AsyncDriver {
      Async() {
        super(true);
      }

      @Override
      public CompletionStage<List<ChannelRecord>> readAsync(PreparedRead prepared) {
        asked.set(prepared);
        pending.set(new CompletableFuture<>());
        return pending.get();
      }
    }
    Async driver = new Async();
    driver.device.put("c", 1);
    WireAsset asset = rig.asset(one());
    rig.attach(asset, driver);
    Rig.trigger(asset);
    rig.settleValues();
    assertEquals(0, driver.reads.get());
    List<ChannelRecord> records = asked.get().getChannelRecords();
    driver.read(records);
    Thread completer = new Thread(() -> pending.get().complete(records), "link");
    completer.start();
    completer.join(TimeUnit.SECONDS.toMillis(10));
    assertEquals("assetName=asset c=1", rig.next());
    Rig.trigger(asset);
    rig.settleValues();
    assertSame(records, asked.get().getChannelRecords());
    pending.get().completeExceptionally(new IllegalStateException("link bug"));
    rig.settleValues();
    Rig.trigger(asset);
    rig.settleValues();
    assertFalse(pending.get().isDone(), "a failed read does not end the polling");
  }

  private static Tad text(String id) {
    Tad ad = new Tad();
    ad.setId(id);
    ad.setName(id);
    ad.setType(Tscalar.STRING);
    ad.setRequired(false);
    ad.setCardinality(0);
    return ad;
  }

  private static Set<String> ids(WireAsset asset) throws Exception {
    return asset.getConfiguration().getDefinition().getAD().stream()
        .map(AD::getId)
        .collect(Collectors.toSet());
  }

  private static AD ad(WireAsset asset, String id) throws Exception {
    return asset.getConfiguration().getDefinition().getAD().stream()
        .filter(ad -> ad.getId().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
