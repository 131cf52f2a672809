package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.driver.ChannelDescriptor;
import org.eclipse.kura.driver.PreparedRead;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What drivers of others may do by the contract. If deleted: one of them could stop its asset. */
class DriverMisbehaviourTest {

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

  /** How a driver may say that it prepares no reads. */
  enum Unprepared {
    NULL,
    UNSUPPORTED,
    ANY_EXCEPTION,
    LINKAGE_ERROR
  }

  private static WireAsset asset(Rig rig) {
    return rig.asset(
        Props.asset()
            .set("timestamp.mode", "NO_TIMESTAMPS")
            .channel("level", "READ", "INTEGER")
            .channel("speed", "READ_WRITE", "INTEGER"));
  }

  private static FakeDriver filled(FakeDriver driver) {
    driver.device.put("level", 42);
    driver.device.put("speed", 7);
    return driver;
  }

  @ParameterizedTest
  @EnumSource(Unprepared.class)
  void prepareReadThatGivesNullOrThrowsMeansThatSingleReadsAreUsed(Unprepared how)
      throws Exception {
    FakeDriver driver =
        filled(
            new FakeDriver(true) {
              @Override
              public PreparedRead prepareRead(List<ChannelRecord> records) {
                return switch (how) {
                  case NULL -> null;
                  case UNSUPPORTED -> throw new UnsupportedOperationException("none");
                  case ANY_EXCEPTION -> throw new IllegalStateException("boom");
                  case LINKAGE_ERROR -> throw new AbstractMethodError("older interface");
                };
              }
            });
    WireAsset asset = asset(rig);
    rig.attach(asset, driver);
    Rig.trigger(asset);
    assertEquals("assetName=asset level=42 speed=7", rig.next());
    asset.deactivate();
  }

  @Test
  void aPreparedReadHasAllEnabledChannelsThatCanBeRead() throws Exception {
    FakeDriver driver = filled(new FakeDriver(true));
    WireAsset asset =
        rig.asset(
            Props.asset()
                .channel("r", "READ", "LONG")
                .channel("rw", "READ_WRITE", "LONG")
                .channel("w", "WRITE", "LONG")
                .channel("off", "READ", "LONG")
                .set("off#+enabled", false));
    rig.attach(asset, driver);
    Rig.trigger(asset);
    rig.next();
    assertEquals(
        List.of("r", "rw"),
        driver.lastRead.stream().map(ChannelRecord::getChannelName).sorted().toList());
    asset.deactivate();
  }

  @Test
  void anUncheckedExceptionOfTheDriverIsConnectionFailedToo() throws Exception {
    FakeDriver driver =
        new FakeDriver(false) {
          @Override
          public void read(List<ChannelRecord> records) {
            throw new IllegalStateException("boom");
          }

          @Override
          public void write(List<ChannelRecord> records) {
            throw new NoClassDefFoundError("com/acme/Missing");
          }
        };
    WireAsset asset = asset(rig);
    rig.attach(asset, driver);
    KuraException read = assertThrows(KuraException.class, asset::readAllChannels);
    assertEquals(KuraErrorCode.CONNECTION_FAILED, read.getCode());
    assertTrue(read.getCause() instanceof IllegalStateException, "" + read.getCause());
    ChannelRecord record =
        ChannelRecord.createWriteRecord(
            "speed", org.eclipse.kura.type.TypedValues.newIntegerValue(1));
    KuraException write = assertThrows(KuraException.class, () -> asset.write(List.of(record)));
    assertEquals(KuraErrorCode.CONNECTION_FAILED, write.getCode());
    asset.deactivate();
  }

  @Test
  void aDriverThatThrowsInEverythingButReadStillIsRead() throws Exception {
    FakeDriver driver =
        filled(
            new FakeDriver(true) {
              @Override
              public void connect() {
                throw new IllegalStateException("no connection by hand");
              }

              @Override
              public void disconnect() {
                throw new IllegalStateException("no disconnection by hand");
              }

              @Override
              public ChannelDescriptor getChannelDescriptor() {
                throw new IllegalStateException("no descriptor");
              }

              @Override
              public void registerChannelListener(Map<String, Object> c, ChannelListener l) {
                throw new UnsupportedOperationException("no listeners");
              }

              @Override
              public void unregisterChannelListener(ChannelListener listener) {
                throw new UnsupportedOperationException("no listeners");
              }
            });
    WireAsset asset =
        rig.asset(
            Props.asset()
                .set("timestamp.mode", "NO_TIMESTAMPS")
                .channel("level", "READ", "INTEGER")
                .set("level#+listen", true));
    rig.attach(asset, driver);
    Rig.trigger(asset);
    assertEquals("assetName=asset level=42", rig.next());
    asset.deactivate();
  }

  @Test
  void configurationAndReadsMayReachTheDriverAtOnceAndSeveralAssetsShareIt() throws Exception {
    FakeDriver driver = filled(new FakeDriver(true));
    WireAsset first = asset(rig);
    WireAsset second =
        rig.asset(
            Props.asset()
                .set("kura.service.pid", "second")
                .set("timestamp.mode", "NO_TIMESTAMPS")
                .channel("level", "READ", "INTEGER"));
    rig.attach(first, driver);
    rig.strands.drain("field/asset/second/driver");
    driver.hold();
    Rig.trigger(first);
    assertTrue(driver.held.await(10, java.util.concurrent.TimeUnit.SECONDS));
    second.reconfigure(
        Props.asset()
            .set("kura.service.pid", "second")
            .set("timestamp.mode", "NO_TIMESTAMPS")
            .channel("speed", "READ", "INTEGER")
            .map());
    rig.strands.drain("field/asset/second/driver"); // prepares a read while another one hangs
    driver.release();
    assertEquals("assetName=asset level=42 speed=7", rig.next());
    Rig.trigger(second);
    assertEquals("assetName=second speed=7", rig.next());
    first.deactivate();
    second.deactivate();
  }
}
