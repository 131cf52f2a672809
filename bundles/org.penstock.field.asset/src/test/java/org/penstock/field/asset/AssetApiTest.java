package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.asset.provider.ForeignAsset;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Kura's Asset interface, on an asset that an add-on has derived from BaseAsset, in the caller's
 * thread. If deleted: REST, cloud requests and add-ons could meet other errors than on Kura.
 */
class AssetApiTest {

  private final FakeDriver driver = new FakeDriver(true);
  private final ForeignAsset asset = new ForeignAsset();

  @BeforeEach
  void configure() {
    asset.begin(
        Props.asset()
            .channel("r", "READ", "INTEGER")
            .channel("w", "WRITE", "INTEGER")
            .channel("rw", "READ_WRITE", "INTEGER")
            .channel("off", "READ_WRITE", "INTEGER")
            .set("off#+enabled", false)
            .set("r#+scale", "10")
            .map());
    driver.device.put("r", 1);
    driver.device.put("rw", 2);
  }

  @Test
  void withoutDriverEverythingIsAConfigurationError() {
    for (Call call :
        List.<Call>of(
            asset::readAllChannels,
            () -> asset.read(Set.of("r")),
            () -> asset.write(List.of(write("w", 1))))) {
      KuraException failure = assertThrows(KuraException.class, call::run);
      assertEquals(KuraErrorCode.CONFIGURATION_ERROR, failure.getCode());
      assertTrue(failure.getMessage().contains("Driver not attached"), failure.getMessage());
    }
  }

  @Test
  void anyDriverExceptionIsConnectionFailedWithItAsCause() {
    asset.setDriver(driver);
    driver.broken.set(new ConnectionException("cut"));
    KuraException failure = assertThrows(KuraException.class, asset::readAllChannels);
    assertEquals(KuraErrorCode.CONNECTION_FAILED, failure.getCode());
    assertInstanceOf(ConnectionException.class, failure.getCause());
    failure = assertThrows(KuraException.class, () -> asset.write(List.of(write("w", 1))));
    assertEquals(KuraErrorCode.CONNECTION_FAILED, failure.getCode());
  }

  @Test
  void readAllChannelsReadsEnabledReadableOnesWithScaleAndOffset() throws Exception {
    asset.setDriver(driver);
    Map<String, Object> values =
        asset.readAllChannels().stream()
            .collect(Collectors.toMap(ChannelRecord::getChannelName, r -> r.getValue().getValue()));
    assertEquals(Map.of("r", 10, "rw", 2), values);
  }

  @Test
  void unknownWrongDirectionAndDisabledChannelsFailAloneOnRead() throws Exception {
    asset.setDriver(driver);
    long before = System.currentTimeMillis();
    Map<String, ChannelRecord> records =
        asset.read(Set.of("r", "w", "off", "nobody")).stream()
            .collect(Collectors.toMap(ChannelRecord::getChannelName, r -> r));
    assertEquals(10, records.get("r").getValue().getValue());
    assertFailed(records.get("nobody"), "Channel not available", before);
    assertFailed(
        records.get("w"), "Channel type not within expected types (READ or READ_WRITE)", before);
    assertFailed(records.get("off"), "Channel is not enabled", before);
  }

  @Test
  void unknownWrongDirectionAndDisabledChannelsFailAloneOnWrite() throws Exception {
    asset.setDriver(driver);
    long before = System.currentTimeMillis();
    List<ChannelRecord> records =
        new ArrayList<>(List.of(write("w", 5), write("r", 5), write("off", 5), write("nobody", 5)));
    asset.write(records);
    assertEquals(ChannelFlag.SUCCESS, records.get(0).getChannelStatus().getChannelFlag());
    assertEquals(List.of(records.get(0)), driver.written);
    assertEquals("w", records.get(0).getChannelConfig().get("+name"));
    assertFailed(
        records.get(1), "Channel type not within expected types (WRITE or READ_WRITE)", before);
    assertFailed(records.get(2), "Channel is not enabled", before);
    assertFailed(records.get(3), "Channel not available", before);
  }

  @Test
  void scaleAndOffsetAreNotAppliedToWrites() throws Exception {
    Map<String, Object> scaled =
        new HashMap<>(Props.asset().channel("w", "WRITE", "INTEGER").map());
    scaled.put("w#+scale", "10");
    asset.updated(scaled);
    asset.setDriver(driver);
    asset.write(List.of(write("w", 5)));
    assertEquals(5, driver.written.get(0).getValue().getValue());
  }

  @Test
  void listenerOnAnUnknownChannelIsAnIllegalArgument() {
    assertThrows(
        IllegalArgumentException.class, () -> asset.registerChannelListener("nobody", event -> {}));
  }

  @Test
  void listenersAreRegisteredWhenTheDriverComesAndGetScaledValues() throws Exception {
    List<Object> heard = new ArrayList<>();
    ChannelListener listener = event -> heard.add(event.getChannelRecord().getValue().getValue());
    asset.registerChannelListener("r", listener);
    asset.setDriver(driver);
    driver.report("r", 3);
    assertEquals(List.of(30), heard);
    assertEquals("r", driver.listeners.values().iterator().next().get("+name"));
    asset.unregisterChannelListener(listener);
    driver.report("r", 4);
    assertEquals(List.of(30), heard);
    assertEquals(0, driver.listeners.size());
  }

  @Test
  void onDriverArrivalAReadIsPreparedAndReleasedWhenItGoes() {
    asset.setDriver(driver);
    assertEquals(1, driver.preparedOpen.get());
    assertEquals("+1", asset.preparedReads());
    asset.unsetDriver();
    assertEquals(0, driver.preparedOpen.get());
    assertEquals("+1-1", asset.preparedReads());
  }

  @Test
  void updatedWithoutDriverPidIsANullPointerException() {
    assertThrows(NullPointerException.class, () -> asset.updated(Map.of()));
  }

  @Test
  void definitionOfABaseAssetIsKuras() throws Exception {
    assertEquals("org.eclipse.kura.asset", asset.getConfiguration().getDefinition().getId());
    assertTrue(asset.hasReadChannels());
  }

  private static void assertFailed(ChannelRecord record, String message, long before) {
    assertEquals(ChannelFlag.FAILURE, record.getChannelStatus().getChannelFlag());
    assertEquals(message, record.getChannelStatus().getExceptionMessage());
    assertTrue(record.getTimestamp() >= before, "current time expected");
  }

  private static ChannelRecord write(String channel, int value) {
    return ChannelRecord.createWriteRecord(channel, TypedValues.newIntegerValue(value));
  }

  private interface Call {
    void run() throws KuraException;
  }
}
