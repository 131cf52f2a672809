package org.penstock.acceptance.inside.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraPartialSuccessException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.crypto.CryptoService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Snapshots (contract 1.4), sentence by sentence. */
class SnapshotsTest {

  private final ConfigurationService configuration = Example.service(ConfigurationService.class);
  private final Path folder =
      Path.of(Example.CONTEXT.getProperty("penstock.home")).resolve("snapshots");
  private Example example;

  @BeforeEach
  void install() throws Exception {
    example = new Example("com.acme.snapshots");
    configuration.createFactoryConfiguration(
        example.factory(), "s1", Map.of("speed", 1, "pin", new Password("s3cret")), false);
    Example.await("s1", "speed", 1);
  }

  @AfterEach
  void uninstall() throws Exception {
    for (String pid : List.of("s1", "s2")) {
      configuration.deleteFactoryConfiguration(pid, false);
    }
    example.close();
  }

  private Optional<Map<String, Object>> in(long id, String pid) throws KuraException {
    return configuration.getSnapshot(id).stream()
        .filter(one -> one.getPid().equals(pid))
        .map(ComponentConfiguration::getConfigurationProperties)
        .findFirst();
  }

  @Test
  void theFileIsNamedByTheIdAndEncryptedAsAWhole() throws Exception {
    long before = System.currentTimeMillis();
    long id = configuration.snapshot();
    assertTrue(id >= before, "epoch milliseconds");
    String text = Files.readString(folder.resolve("snapshot_" + id + ".xml"));
    assertTrue(text.matches("[A-Za-z0-9+/]{16}-[A-Za-z0-9+/=]+"), "IV, hyphen, cipher text");
    String xml = xml(id);
    assertTrue(xml.contains("<esf:configuration pid=\"s1\">"), "Kura's XML inside");
    assertFalse(xml.contains("s3cret"));
  }

  @Test
  void idsAreAscendingAndNeverTwiceTheSame() throws Exception {
    long one = configuration.snapshot();
    long two = configuration.snapshot();
    assertTrue(two > one);
    List<Long> ids = new ArrayList<>(configuration.getSnapshots());
    assertEquals(ids.stream().sorted().toList(), ids);
  }

  @Test
  void theOldestAreDeletedBeyondTheCount() throws Exception {
    Path seed = folder.resolve("snapshot_0.xml");
    boolean made = !Files.exists(seed);
    if (made) {
      Files.copy(folder.resolve("snapshot_" + configuration.snapshot() + ".xml"), seed);
    }
    try {
      for (int i = 0; i < 12; i++) {
        configuration.snapshot();
      }
      assertEquals(10, configuration.getSnapshots().size());
      assertTrue(
          configuration.getSnapshots().contains(0L), "number 0 is never deleted, and counts");
    } finally {
      if (made) {
        Files.delete(seed);
      }
    }
  }

  @Test
  void getSnapshotDecryptsPasswords() throws Exception {
    Object pin = in(configuration.snapshot(), "s1").orElseThrow().get("pin");
    assertInstanceOf(Password.class, pin);
    assertEquals("s3cret", pin.toString());
  }

  @Test
  void entriesOfStoppedBundlesSurviveAndDeletedInstancesDoNot() throws Exception {
    configuration.snapshot();
    example.bundle().stop();
    assertTrue(in(configuration.snapshot(), "s1").isPresent());
    configuration.deleteFactoryConfiguration("s1", false);
    assertFalse(in(configuration.snapshot(), "s1").isPresent());
    example.bundle().start();
  }

  @Test
  void rollbackSetsDefaultsPlusSnapshotDeletesAndMakesInstancesAndWritesACopy() throws Exception {
    long then = configuration.snapshot();
    configuration.updateConfiguration("s1", Map.of("speed", 2, "added", "later"), false);
    configuration.createFactoryConfiguration(example.factory(), "s2", Map.of("speed", 9), true);
    Example.await("s2", "speed", 9);
    configuration.rollback(then);
    Map<String, Object> given = Example.await("s1", "speed", 1);
    assertFalse(given.containsKey("added"), "not merged with running values");
    Example.await(() -> Example.given("s2").isEmpty(), () -> "s2 is still there");
    long newest = configuration.getSnapshots().stream().max(Long::compare).orElseThrow();
    assertTrue(newest > then);
    assertFalse(in(newest, "s2").isPresent());
    assertEquals("s3cret", in(newest, "s1").orElseThrow().get("pin").toString());
  }

  @Test
  void rollbackGoesToTheSecondNewestAndADeletedInstanceComesBack() throws Exception {
    long then = configuration.snapshot();
    configuration.deleteFactoryConfiguration("s1", true);
    Example.await(() -> Example.given("s1").isEmpty(), () -> "s1 is still there");
    assertEquals(then, configuration.rollback());
    Example.await("s1", "speed", 1);
  }

  @Test
  void aMissingSnapshotIsNotFound() {
    assertEquals(
        KuraErrorCode.CONFIGURATION_SNAPSHOT_NOT_FOUND,
        assertThrows(KuraException.class, () -> configuration.getSnapshot(1)).getCode());
    assertEquals(
        KuraErrorCode.CONFIGURATION_SNAPSHOT_NOT_FOUND,
        assertThrows(KuraException.class, () -> configuration.rollback(1)).getCode());
  }

  private Path file(long id) {
    return folder.resolve("snapshot_" + id + ".xml");
  }

  /** A file of the folder, as its content is; snapshots that come meanwhile are newer. */
  private Path write(long id, String content) throws Exception {
    return Files.writeString(file(id), content);
  }

  private String xml(long id) throws Exception {
    CryptoService crypto = Example.service(CryptoService.class);
    try (InputStream file = new FileInputStream(file(id).toFile());
        InputStream packed = crypto.aesDecryptingStream(file)) {
      return new String(new GZIPInputStream(packed).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String sealed(String xml) throws Exception {
    return new String(Example.service(CryptoService.class).encryptAes(xml.toCharArray()));
  }

  @Test
  void theIdIsOneAboveTheLatestWhenTheClockIsNotAhead() throws Exception {
    long future = System.currentTimeMillis() + 86_400_000;
    write(future, Files.readString(file(configuration.snapshot())));
    try {
      assertEquals(future + 1, configuration.snapshot());
    } finally {
      Files.deleteIfExists(file(future));
      Files.deleteIfExists(file(future + 1));
    }
  }

  @Test
  void plainXmlIsRefusedWhereOneSnapshotIsEncrypted() throws Exception {
    long id = configuration.snapshot();
    Path plain = write(id - 1, xml(id));
    try {
      assertThrows(KuraException.class, () -> configuration.getSnapshot(id - 1));
    } finally {
      Files.delete(plain);
    }
  }

  @Test
  void definitionsNullsAndEmptyArraysAreNotStored() throws Exception {
    configuration.updateConfiguration("s1", Map.of("none", new String[0], "speed", 3), false);
    Example.await("s1", "speed", 3);
    String xml = xml(configuration.snapshot());
    assertFalse(xml.contains("ocd:OCD") || xml.contains("ocd:AD"));
    assertFalse(xml.contains("name=\"none\""));
  }

  private String property(String key, String type, String value, boolean encrypted) {
    return "<esf:property array=\"false\" encrypted=\"%s\" name=\"%s\" type=\"%s\"><esf:value>%s</esf:value></esf:property>"
        .formatted(encrypted, key, type, value);
  }

  /** The newest snapshot with more properties of the instance, as the one before it. */
  private long with(String... properties) throws Exception {
    long id = configuration.snapshot();
    String xml = xml(id);
    int in = xml.indexOf("<esf:properties>", xml.indexOf("pid=\"s1\"")) + 16;
    write(id - 1, sealed(xml.substring(0, in) + String.join("", properties) + xml.substring(in)));
    return id - 1;
  }

  @Test
  void passwordsAreReadEncryptedAsBase64AndLiterally() throws Exception {
    String text = new String(Example.service(CryptoService.class).encryptAes("aes".toCharArray()));
    long id =
        with(
            property("one", "Password", text, true),
            property("two", "Password", "YmFzZTY0", true),
            property("three", "Password", "as it is", false),
            property("four", "Strange", "x", false));
    Map<String, Object> read = in(id, "s1").orElseThrow();
    assertEquals("aes", read.get("one").toString());
    assertEquals("base64", read.get("two").toString());
    assertEquals("as it is", read.get("three").toString());
    assertFalse(read.containsKey("four"), "unknown types are skipped");
    Files.delete(file(id));
  }

  @Test
  void rollbackWithFewerThanTwoSnapshotsIsNotFound() throws Exception {
    long only = configuration.snapshot();
    Path aside = Files.createTempDirectory("aside");
    for (long id : configuration.getSnapshots()) {
      if (id != only) {
        Files.move(file(id), aside.resolve(Long.toString(id)));
      }
    }
    try {
      assertEquals(
          KuraErrorCode.CONFIGURATION_SNAPSHOT_NOT_FOUND,
          assertThrows(KuraException.class, configuration::rollback).getCode());
    } finally {
      try (var moved = Files.list(aside)) {
        for (Path one : moved.toList()) {
          Files.move(one, file(Long.parseLong(one.getFileName().toString())));
        }
      }
      Files.delete(aside);
    }
  }

  @Test
  void rollbackTakesComponentsThatTheSnapshotDoesNotNameToTheirDefaults() throws Exception {
    long then = configuration.snapshot();
    try (Example absent = new Example("com.acme.absent")) {
      Example.await(absent.singleton(), "speed", 50);
      configuration.updateConfiguration(absent.singleton(), Map.of("speed", 77), false);
      Example.await(absent.singleton(), "speed", 77);
      configuration.rollback(then);
      Example.await(absent.singleton(), "speed", 50);
    }
  }

  @Test
  void aRollbackThatFailsInPartSaysSoAndWritesNoSnapshot() throws Exception {
    long id = with(property("key", "Integer", "1", false), property("KEY", "Integer", "2", false));
    long newest = configuration.getSnapshots().stream().max(Long::compare).orElseThrow();
    assertThrows(KuraPartialSuccessException.class, () -> configuration.rollback(id));
    assertEquals(newest, configuration.getSnapshots().stream().max(Long::compare).orElseThrow());
    Files.delete(file(id));
  }

  @Test
  void anAssetOfAnOlderKuraIsUpgraded() throws Exception {
    long id = configuration.snapshot();
    String asset =
        "<esf:configuration pid=\"s2\"><esf:properties>"
            + property("service.factoryPid", "String", "org.eclipse.kura.wire.WireAsset", false)
            + property("driver.pid", "String", "nobody", false)
            + property("level#+enabled", "Boolean", "true", false)
            + "</esf:properties></esf:configuration>";
    String xml = xml(id).replace("</esf:configurations>", asset + "</esf:configurations>");
    write(id - 1, sealed(xml));
    configuration.rollback(id - 1);
    Map<String, Object> now =
        configuration.getComponentConfiguration("s2") == null
            ? in(configuration.snapshot(), "s2").orElseThrow()
            : configuration.getComponentConfiguration("s2").getConfigurationProperties();
    assertEquals(false, now.get("emit.all.channels"));
    assertEquals("level", now.get("level#+name"));
    Files.delete(file(id - 1));
  }
}
