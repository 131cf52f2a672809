package org.penstock.core.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraPartialSuccessException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.Password;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.configuration.StoredConfiguration;
import org.penstock.core.storage.FileStorage;

/** Section 1.4 of the contract, sentence by sentence. */
class SnapshotsTest {

  @TempDir Path folder;
  private final long[] now = {1000};
  private final DeviceCrypto crypto = new DeviceCrypto("0123456789abcdef");
  private Box box;

  @BeforeEach
  void box() {
    box = again();
  }

  private Box again() {
    return new Box(folder, new FileStorage(), crypto, now, 4);
  }

  private void create(String pid, Map<String, Object> properties) throws KuraException {
    box.service.createFactoryConfiguration(Box.FACTORY, pid, properties, false);
  }

  private static Map<String, Object> of(List<ComponentConfiguration> all, String pid) {
    return all.stream()
        .filter(c -> c.getPid().equals(pid))
        .findFirst()
        .map(ComponentConfiguration::getConfigurationProperties)
        .orElse(null);
  }

  private String unpacked(long id) throws IOException {
    Path file = folder.resolve("snapshot_" + id + ".xml");
    try (InputStream clear =
        box.secrets.decrypting(new FileInputStream(file.toFile())).orElseThrow()) {
      return new String(new GZIPInputStream(clear).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** If deleted: an update could not read the configuration that stood before texts were packed. */
  @Test
  void aSnapshotThatWasSealedUnpackedIsRead() throws Exception {
    create("d1", Map.of("host", "h"));
    box.service.snapshot();
    Path file = folder.resolve("snapshot_1000.xml");
    Files.writeString(file, box.secrets.encrypt(unpacked(1000)));
    assertEquals("h", of(again().service.getSnapshot(1000), "d1").get("host"));
  }

  @Test
  void theIdIsEpochMillisecondsOrLatestIdPlusOneWhenTheClockIsNotAhead() throws KuraException {
    assertEquals(1000, box.service.snapshot());
    now[0] = 5;
    assertEquals(1001, box.service.snapshot());
    now[0] = 7000;
    assertEquals(7000, box.service.snapshot());
    assertArrayEquals(new Long[] {1000L, 1001L, 7000L}, box.service.getSnapshots().toArray());
  }

  @Test
  void theContentIsEncryptedAsAWhole() throws Exception {
    create("d1", Map.of("host", "h", "key", new Password("s3cret")));
    box.service.snapshot();
    String text = Files.readString(folder.resolve("snapshot_1000.xml"));
    assertTrue(text.matches("[A-Za-z0-9+/]{16}-[A-Za-z0-9+/=]+"), text);
    String xml = unpacked(1000);
    assertTrue(xml.contains("<esf:configuration pid=\"d1\">"));
    assertFalse(xml.contains("s3cret"));
    assertTrue(xml.contains("encrypted=\"true\" name=\"key\" type=\"Password\""), xml);
  }

  @Test
  void afterEachWriteTheOldestAreDeletedButIdZeroNever() throws Exception {
    Files.writeString(folder.resolve("snapshot_0.xml"), box.secrets.encrypt("<x/>"));
    Files.writeString(folder.resolve("other.xml"), "is left alone");
    for (int i = 0; i < 6; i++) {
      box.service.snapshot();
    }
    assertEquals(Set.of(0L, 1003L, 1004L, 1005L), box.service.getSnapshots());
    assertTrue(Files.exists(folder.resolve("other.xml")));
  }

  @Test
  void getSnapshotDecryptsPasswords() throws KuraException {
    create("d1", Map.of("host", "h", "key", new Password("s3cret")));
    long id = box.service.snapshot();
    Map<String, Object> d1 = of(box.service.getSnapshot(id), "d1");
    assertInstanceOf(Password.class, d1.get("key"));
    assertEquals("s3cret", d1.get("key").toString());
    assertEquals(Box.FACTORY, d1.get("service.factoryPid"));
  }

  @Test
  void aMissingFileIsSnapshotNotFound() {
    assertEquals(
        KuraErrorCode.CONFIGURATION_SNAPSHOT_NOT_FOUND,
        assertThrows(KuraException.class, () -> box.service.getSnapshot(77)).getCode());
    assertEquals(
        KuraErrorCode.CONFIGURATION_SNAPSHOT_NOT_FOUND,
        assertThrows(KuraException.class, () -> box.service.rollback(77)).getCode());
  }

  @Test
  void rollbackWithFewerThanTwoIsSnapshotNotFound() throws KuraException {
    box.service.snapshot();
    assertEquals(
        KuraErrorCode.CONFIGURATION_SNAPSHOT_NOT_FOUND,
        assertThrows(KuraException.class, () -> box.service.rollback()).getCode());
  }

  @Test
  void entriesOfThePreviousSnapshotForPidsNotActiveNowSurviveMinusPendingDeletes()
      throws KuraException {
    create("d1", Map.of("host", "h", "key", new Password("s3cret")));
    create("d2", Map.of("host", "h2"));
    box.define();
    box.activate(Box.SINGLETON);
    box.service.snapshot();

    box = again();
    box.start(null); // no bundle is there: nothing is active
    box.service.deleteFactoryConfiguration("d2", false);
    long id = box.service.snapshot();
    List<ComponentConfiguration> kept = box.service.getSnapshot(id);
    assertEquals("s3cret", of(kept, "d1").get("key").toString());
    assertInstanceOf(Password.class, of(kept, "d1").get("key"));
    assertEquals(50, of(kept, Box.SINGLETON).get("speed"));
    assertInstanceOf(Password.class, of(kept, Box.SINGLETON).get("pin"));
    assertNull(of(kept, "d2"));
  }

  @Test
  void anInstanceMadeJustNowIsInTheSnapshotBeforeItsComponentIsThere() throws KuraException {
    box.define();
    box.service.createFactoryConfiguration(Box.FACTORY, "d1", Map.of("host", "h"), true);
    assertEquals("h", of(box.service.getSnapshot(1000), "d1").get("host"));
  }

  /** If deleted: each snapshot could work out the definition of 50,000 channels again. */
  @Test
  void aComponentThatSaysAllItHasIsStoredIsNotAskedForASnapshot() throws KuraException {
    box.define();
    create("d1", Map.of("host", "h"));
    AtomicInteger asked = new AtomicInteger();
    StoredConfiguration asset =
        () -> {
          asked.incrementAndGet();
          return Box.configuration("d1", Map.of());
        };
    box.activate("d1", asset);
    long id = box.service.snapshot();
    assertEquals("h", of(box.service.getSnapshot(id), "d1").get("host"));
    assertEquals(0, asked.get());
  }

  @Test
  void atStartEntriesWithFactoryPidAreCreatedTheOthersAreWrittenUnderTheirPid()
      throws KuraException {
    box.define();
    create("d1", Map.of("host", "h", "port", 1502));
    box.activate("d1");
    box.activate(Box.SINGLETON);
    box.service.updateConfiguration(Box.SINGLETON, Map.of("speed", 33));

    box = again().start(null);
    assertEquals(33, box.given(Box.SINGLETON).get("speed"));
    assertEquals("h", box.given("d1").get("host"));
    assertEquals(Box.FACTORY, box.given("d1").get("service.factoryPid"));
    int updates = box.admin.updates;
    box.define();
    assertEquals(updates, box.admin.updates, "complete already: components start once");
  }

  @Test
  void rollbackSetsDefaultsAndSnapshotValuesNotMergedWithRunningValues() throws Exception {
    box.define();
    create("d1", Map.of("host", "first"));
    box.activate("d1");
    box.activate(Box.SINGLETON);
    long first = box.service.snapshot();
    box.service.updateConfiguration("d1", Map.of("host", "second", "added", 1));
    create("d2", Map.of("host", "new"));
    box.activate("d2");
    box.service.updateConfiguration(Box.SINGLETON, Map.of("speed", 9));
    box.service.snapshot();

    box.service.rollback(first);
    assertEquals("first", box.given("d1").get("host"));
    assertFalse(box.given("d1").containsKey("added"));
    assertEquals(50, box.given(Box.SINGLETON).get("speed"));
    assertTrue(box.components.instance("d2").isEmpty());
    Set<Long> ids = box.service.getSnapshots();
    long copy = ids.stream().max(Long::compare).orElseThrow();
    assertNotEquals(first, copy);
    assertEquals(
        "first", of(box.service.getSnapshot(copy), "d1").get("host"), "a new copy is written");
    assertNull(of(box.service.getSnapshot(copy), "d2"));
  }

  @Test
  void rollbackGoesToTheSecondNewestAndRecreatesInstances() throws KuraException {
    box.define();
    create("d1", Map.of("host", "first", "key", new Password("s3cret")));
    box.service.snapshot();
    box.service.deleteFactoryConfiguration("d1", true);
    assertEquals(1000, box.service.rollback());
    assertEquals("first", box.given("d1").get("host"));
    String key = (String) box.given("d1").get("key");
    assertEquals("s3cret", box.secrets.decrypt(key).orElseThrow());
  }

  @Test
  void rollbackRecreatesAnInstanceOfAnotherFactory() throws KuraException {
    create("d1", Map.of());
    long first = box.service.snapshot();
    box.service.deleteFactoryConfiguration("d1", false);
    box.service.createFactoryConfiguration("another.Factory", "d1", Map.of(), true);
    box.service.rollback(first);
    assertEquals(Box.FACTORY, box.given("d1").get("service.factoryPid"));
    assertEquals(1, box.admin.all.size());
  }

  @Test
  void componentsAbsentFromTheSnapshotGoToDefaults() throws KuraException {
    long empty = box.service.snapshot();
    box.define();
    box.activate(Box.SINGLETON);
    box.service.updateConfiguration(Box.SINGLETON, Map.of("speed", 9));
    box.service.rollback(empty);
    assertEquals(50, box.given(Box.SINGLETON).get("speed"));
  }

  @Test
  void rollbackDoesNotConfigureADeletedInstanceWhoseComponentStillRuns() throws KuraException {
    long empty = box.service.snapshot();
    create("d1", Map.of("host", "h"));
    box.activate("d1");
    box.service.snapshot();
    box.service.rollback(empty);
    assertEquals(Map.of(), box.admin.all);
  }

  @Test
  void failuresOfARollbackArePartialSuccessAndNoNewSnapshot() throws KuraException {
    box.define();
    create("d1", Map.of("host", "first"));
    long first = box.service.snapshot();
    box.service.deleteFactoryConfiguration("d1", true);
    box.admin.failing = Box.FACTORY;
    assertThrows(KuraPartialSuccessException.class, () -> box.service.rollback(first));
    assertEquals(Set.of(1000L, 1001L), box.service.getSnapshots());
  }

  @Test
  void plainXmlIsAcceptedOnlyWhenNoSnapshotDecryptsThenAllAreEncryptedInPlace() throws Exception {
    String plain =
        SnapshotXmlWriter.configurations(
            List.of(Box.configuration(Box.SINGLETON, Map.of("speed", 12))));
    Files.writeString(folder.resolve("snapshot_0.xml"), plain);
    Files.writeString(folder.resolve("snapshot_7.xml"), plain);
    box.start(null).define();
    assertEquals(12, box.given(Box.SINGLETON).get("speed"));
    assertEquals(plain, unpacked(0));
    assertEquals(plain, unpacked(7));

    Files.writeString(folder.resolve("snapshot_9.xml"), plain.replace("12", "13"));
    box = again().start(null).define();
    assertEquals(12, box.given(Box.SINGLETON).get("speed"), "a plain one beside encrypted ones");
    assertTrue(
        reasons(box).contains("snapshot_9.xml: not encrypted by this gateway"), reasons(box));
  }

  @Test
  void aBrokenNewestSnapshotFallsBackToTheOneBeforeWithAClearMessage() throws Exception {
    box.define();
    box.activate(Box.SINGLETON);
    box.service.updateConfiguration(Box.SINGLETON, Map.of("speed", 1));
    box.service.updateConfiguration(Box.SINGLETON, Map.of("speed", 2));
    Path newest = folder.resolve("snapshot_1001.xml");
    byte[] bytes = Files.readAllBytes(newest);
    bytes[40] ^= 1;
    Files.write(newest, bytes);
    box = again().start(null).define();
    assertEquals(1, box.given(Box.SINGLETON).get("speed"));
    assertTrue(
        reasons(box).contains("snapshot_1001.xml: not encrypted by this gateway, or damaged"));
    assertTrue(reasons(box).contains("went back to snapshot 1000"), reasons(box));
  }

  @Test
  void whenNoSnapshotCanBeReadTheGatewayStartsWithDefaultsAndSaysWhatToDo() throws IOException {
    Files.writeString(folder.resolve("snapshot_5.xml"), "garbage");
    box = again().start(null).define();
    assertEquals(50, box.given(Box.SINGLETON).get("speed"));
    assertTrue(reasons(box).contains("restore the files"), reasons(box));
  }

  private static String reasons(Box box) {
    box.board.applied(() -> new Board.Waiting(List.of(), List.of()));
    return box.board.health().reason();
  }

  @Test
  void instancesThatConfigAdminKeptAreTakenOverAndStrangersDeleted() throws Exception {
    create("d1", Map.of("host", "h"));
    box.service.snapshot();
    create("stranger", Map.of("host", "x"));
    Box next = again();
    next.admin.take(box.admin);
    next.start(null).define();
    assertEquals(
        Set.of("d1"), Set.copyOf(next.components.instances().stream().map(Instance::pid).toList()));
    assertEquals("h", next.given("d1").get("host"));
    assertEquals(2, next.admin.all.size(), "d1 and the singleton");
  }

  @Test
  void ofTwoCallersTheLaterContentIsTheNewestSnapshot() throws Exception {
    box.define();
    box.activate(Box.SINGLETON);
    Thread[] threads = new Thread[4];
    for (int t = 0; t < threads.length; t++) {
      int mine = t;
      create("d" + mine, Map.of("host", "h"));
      threads[t] =
          new Thread(
              () -> {
                for (int i = 1; i <= 20; i++) {
                  try {
                    box.service.updateConfiguration("d" + mine, Map.of("port", i));
                  } catch (KuraException e) {
                    throw new IllegalStateException(e);
                  }
                }
              });
    }
    for (Thread thread : threads) {
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join(20_000);
    }
    long newest = box.service.getSnapshots().stream().max(Long::compare).orElseThrow();
    for (int t = 0; t < threads.length; t++) {
      assertEquals(20, of(box.service.getSnapshot(newest), "d" + t).get("port"));
    }
  }

  @Test
  void legacySingletonsBecomeInstancesWithTheirReferences() {
    Map<String, Object> cloud =
        LegacyRules.upgraded("org.eclipse.kura.cloud.CloudService", Map.of("a", 1));
    assertEquals("org.eclipse.kura.cloud.CloudService", cloud.get("service.factoryPid"));
    assertEquals(
        "(kura.service.pid=org.eclipse.kura.data.DataService)", cloud.get("DataService.target"));
    assertEquals(
        "(kura.service.pid=org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport)",
        LegacyRules.upgraded("org.eclipse.kura.data.DataService", Map.of())
            .get("DataTransportService.target"));
    assertEquals(
        Map.of("a", 1, "service.factoryPid", "x"),
        LegacyRules.upgraded("other", Map.of("a", 1, "service.factoryPid", "x")));
  }

  @Test
  void aWireAssetWithoutEmitAllChannelsGetsItAsFalseAndItsChannelsNames() {
    Map<String, Object> asset =
        LegacyRules.upgraded(
            "a1",
            Map.of(
                "service.factoryPid",
                "org.eclipse.kura.wire.WireAsset",
                "level#+type",
                "READ",
                "level#address",
                "1"));
    assertEquals(false, asset.get("emit.all.channels"));
    assertEquals("level", asset.get("level#+name"));
    assertEquals(5, asset.size());
  }
}
