package org.penstock.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.audit.AuditContext;
import org.eclipse.kura.configuration.Password;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.configuration.Difference;
import org.penstock.api.configuration.Difference.Kind;
import org.penstock.api.configuration.SnapshotArchive;
import org.penstock.api.configuration.SnapshotInfo;
import org.penstock.api.configuration.TimedApply.Pending;
import org.penstock.core.storage.FileStorage;

/** Without it nobody would know who changed what, or a wrong change could lock everybody out. */
class ArchiveTest {

  @TempDir Path folder;
  private final DeviceCrypto crypto = new DeviceCrypto("0123456789abcdef");
  private final long[] now = {1000};
  private Box box;

  @BeforeEach
  void start() throws KuraException {
    box = again();
    box.activate(Box.SINGLETON);
    box.service.createFactoryConfiguration(
        Box.FACTORY, "d1", Map.of("host", "h1", "key", new Password("s3cret")), true);
  }

  private Box again() {
    return new Box(folder, new FileStorage(), crypto, now, 10).define().start(null);
  }

  private int speed() {
    return (Integer) box.given(Box.SINGLETON).get("speed");
  }

  @Test
  void theAuthorIsTheIdentityOfTheAuditContextAndTheCommentSaysWhatWasDone() throws Exception {
    AuditContext anna = new AuditContext(Map.of("entrypoint", "REST", "identity", "anna"));
    try (AuditContext.Scope scope = AuditContext.openScope(anna)) {
      box.service.updateConfiguration(Box.SINGLETON, Map.of("speed", 7));
    }
    SnapshotInfo last = box.archive.list().get(1);
    assertEquals("anna", last.author());
    assertTrue(last.comment().contains("updated " + Box.SINGLETON), last.comment());
  }

  @Test
  void aLostOrDamagedIndexIsMadeAgainFromTheSnapshots() throws Exception {
    SnapshotInfo taken = box.archive.take("before the storm", "as it was on Monday ? > <");
    List<SnapshotInfo> all = box.archive.list();
    assertTrue(all.contains(taken));
    Files.delete(folder.resolve("index.json"));
    assertEquals(all, box.archive.list());
    Files.writeString(folder.resolve("index.json"), "{\"1000\":");
    assertEquals(all, again().archive.list());
  }

  @Test
  void aSnapshotGetsAnotherNameAndKeepsAuthorAndContent() throws Exception {
    long id = box.service.snapshot();
    List<?> before = box.service.getSnapshot(id);
    box.archive.describe(id, "good", "tried for a week");
    assertEquals("good", box.archive.list().get(1).name());
    assertEquals(before.size(), box.service.getSnapshot(id).size());
    assertEquals(
        KuraErrorCode.CONFIGURATION_SNAPSHOT_NOT_FOUND,
        assertThrows(KuraException.class, () -> box.archive.describe(5, "", "")).getCode());
  }

  @Test
  void theDifferenceIsByPidAndKeyWithSecretsMasked() throws Exception {
    long before = box.service.snapshot();
    box.service.updateConfiguration("d1", Map.of("port", 503, "key", new Password("0ther")));
    box.service.createFactoryConfiguration(Box.FACTORY, "d2", Map.of("host", "h2"), true);
    List<Difference> all = box.archive.diff(before, SnapshotArchive.NOW);
    assertEquals(
        List.of(
            new Difference("d1", "key", "***", "***", Kind.CHANGED),
            new Difference("d1", "port", "502", "503", Kind.CHANGED),
            new Difference("d2", "", "", Box.FACTORY, Kind.ADDED)),
        all);
    assertFalse(all.toString().contains("0ther"));
    assertEquals(List.of(), box.archive.diff(before, before));
  }

  /** Passwords are sealed anew with each snapshot: that alone is no difference. */
  @Test
  void theSameSecretSealedTwiceIsNoDifference() throws Exception {
    long before = box.service.snapshot();
    box.service.updateConfiguration("d1", Map.of("key", new Password("s3cret")));
    assertEquals(List.of(), box.archive.diff(before, SnapshotArchive.NOW));
  }

  @Test
  void aPartialRollbackTakesTheNamedPidsBackAndLeavesTheOthersAlone() throws Exception {
    long before = box.service.snapshot();
    box.service.updateConfiguration(Box.SINGLETON, Map.of("speed", 9));
    box.service.updateConfiguration("d1", Map.of("host", "elsewhere"));
    box.service.createFactoryConfiguration(Box.FACTORY, "d2", Map.of("host", "h2"), true);
    box.archive.restore(before, Set.of("d1", "d2"));
    assertEquals("h1", box.given("d1").get("host"));
    assertEquals(9, speed());
    assertFalse(box.components.instance("d2").isPresent());
    assertEquals(
        List.of(new Difference(Box.SINGLETON, "speed", "50", "9", Kind.CHANGED)),
        box.archive.diff(before, SnapshotArchive.NOW));
  }

  @Test
  void aDeletedInstanceComesBackWithItsSecret() throws Exception {
    long before = box.service.snapshot();
    box.service.deleteFactoryConfiguration("d1", true);
    box.archive.restore(before, Set.of("d1"));
    String sealed = (String) box.given("d1").get("key");
    assertEquals("s3cret", box.secrets.decrypt(sealed).orElseThrow());
  }

  @Test
  void restoringAPidThatNobodyKnowsIsRefusedAndNothingIsChanged() throws Exception {
    long before = box.service.snapshot();
    box.service.updateConfiguration("d1", Map.of("host", "elsewhere"));
    KuraException refused =
        assertThrows(KuraException.class, () -> box.archive.restore(before, Set.of("d1", "tpyo")));
    assertTrue(refused.getMessage().contains("tpyo"), refused.getMessage());
    assertEquals("elsewhere", box.given("d1").get("host"));
  }

  private Pending timed(Map<String, Object> pump) throws KuraException {
    return box.timed.apply(
        List.of(
            Box.configuration(Box.SINGLETON, pump),
            Box.configuration("d9", Map.of("service.factoryPid", Box.FACTORY, "host", "h9"))),
        Duration.ofSeconds(30));
  }

  @Test
  void aTimedChangeRevertsByItselfUnlessConfirmed() throws Exception {
    timed(Map.of("speed", 9));
    assertEquals(9, speed());
    assertTrue(box.components.instance("d9").isPresent());
    box.strand.elapse();
    assertEquals(50, speed());
    assertFalse(box.components.instance("d9").isPresent());
    assertTrue(box.timed.pending().isEmpty());
    assertEquals(50, again().given(Box.SINGLETON).get("speed"));
  }

  @Test
  void aConfirmedChangeStays() throws Exception {
    Pending pending = timed(Map.of("speed", 9));
    box.timed.confirm(pending.token());
    box.strand.elapse();
    assertEquals(9, speed());
    assertEquals(9, again().given(Box.SINGLETON).get("speed"));
    assertEquals(
        KuraErrorCode.NOT_FOUND,
        assertThrows(KuraException.class, () -> box.timed.revert(pending.token())).getCode());
  }

  @Test
  void aRestartBeforeTheConfirmationRevertsEvenWhenAnotherSnapshotWasTakenMeanwhile()
      throws Exception {
    timed(Map.of("speed", 9));
    box.service.updateConfiguration("d1", Map.of("host", "another change, it stays"));
    Box after = again();
    assertEquals(50, after.given(Box.SINGLETON).get("speed"));
    assertEquals("another change, it stays", after.given("d1").get("host"));
    assertEquals(null, after.given("d9"));
    assertEquals(50, again().given(Box.SINGLETON).get("speed"));
  }

  @Test
  void whileAChangeWaitsAnotherOneIsRefusedAndItsBaseIsKept() throws Exception {
    timed(Map.of("speed", 9));
    assertThrows(KuraException.class, () -> timed(Map.of("speed", 10)));
    for (int i = 0; i < 20; i++) {
      box.service.snapshot();
    }
    box.strand.elapse();
    assertEquals(50, speed());
  }

  /** Changes whose components nobody knows before: a rollback, or what comes through REST. */
  @Test
  void underAHoldWhateverIsChangedRevertsUnlessConfirmed() throws Exception {
    box.service.snapshot();
    int before = box.service.getSnapshots().size();
    box.timed.hold(Duration.ofSeconds(30));
    assertEquals(before, box.service.getSnapshots().size(), "the newest one says it already");
    box.service.updateConfiguration(Box.SINGLETON, Map.of("speed", 9));
    box.service.createFactoryConfiguration(Box.FACTORY, "d9", Map.of("host", "h9"), true);
    box.service.deleteFactoryConfiguration("d1", true);
    assertEquals(9, speed());
    box.strand.elapse();
    assertEquals(50, speed());
    assertFalse(box.components.instance("d9").isPresent());
    assertTrue(box.components.instance("d1").isPresent());
    assertTrue(box.timed.pending().isEmpty());

    Pending held = box.timed.hold(Duration.ofSeconds(30));
    box.service.updateConfiguration(Box.SINGLETON, Map.of("speed", 8), false);
    int now = box.service.getSnapshots().size();
    box.timed.confirm(held.token());
    assertEquals(now, box.service.getSnapshots().size(), "none was wanted");
    box.strand.elapse();
    assertEquals(8, speed());
  }

  /** A graph's components are made and deleted under it; what somebody else changes is not touched. */
  @Test
  void underAHoldOfSomeComponentsOnlyTheseRevertAndAnotherChangeHasToWait() throws Exception {
    Pending held = box.timed.hold(Set.of("d1", "d9"), Duration.ofSeconds(30));
    assertEquals(Set.of("d1", "d9"), held.pids());
    box.service.createFactoryConfiguration(Box.FACTORY, "d9", Map.of("host", "h9"), true);
    box.service.deleteFactoryConfiguration("d1", true);
    box.service.updateConfiguration(Box.SINGLETON, Map.of("speed", 9));
    KuraException refused =
        assertThrows(
            KuraException.class, () -> box.timed.hold(Set.of("d2"), Duration.ofSeconds(30)));
    assertTrue(refused.getMessage().contains("another change waits"), refused.getMessage());
    box.strand.elapse();
    assertTrue(box.components.instance("d1").isPresent());
    assertFalse(box.components.instance("d9").isPresent());
    assertEquals(9, speed(), "it was not held");
    assertTrue(box.timed.pending().isEmpty());
  }

  @Test
  void aRestartUnderAHoldRevertsAllAndAChangeThatWaitsIsWidenedByIt() throws Exception {
    Pending waits = timed(Map.of("speed", 9));
    Pending wide = box.timed.hold(Duration.ofSeconds(30));
    assertEquals(waits.token(), wide.token());
    box.service.updateConfiguration("d1", Map.of("host", "elsewhere"));
    Box after = again();
    assertEquals(50, after.given(Box.SINGLETON).get("speed"));
    assertNotEquals("elsewhere", after.given("d1").get("host"));
    assertEquals(null, after.given("d9"));
  }

  @Test
  void aTimedChangeIsStrictAndAnInvalidOneChangesNothing() {
    KuraException refused = assertThrows(KuraException.class, () -> timed(Map.of("speed", 1000)));
    assertTrue(refused.getMessage().contains("0 to 100"), refused.getMessage());
    assertEquals(50, speed());
    assertTrue(box.timed.pending().isEmpty());
  }
}
