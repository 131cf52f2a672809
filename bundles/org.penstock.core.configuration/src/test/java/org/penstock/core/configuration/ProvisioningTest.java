package org.penstock.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.KuraException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.health.HealthState.Level;
import org.penstock.core.storage.FileStorage;

/** Without it a thousand boxes would need a thousand images, or a thousand visits. */
class ProvisioningTest {

  @TempDir Path folder;
  private final DeviceCrypto crypto = new DeviceCrypto("0123456789abcdef");
  private final Map<String, String> environment = new HashMap<>();
  private final long[] now = {1000};
  private Path fragments;

  @BeforeEach
  void folders() throws IOException {
    fragments = Files.createDirectories(folder.resolve("provision"));
  }

  private Box start() {
    return start(null);
  }

  private Box start(Path seed) {
    Box box =
        new Box(folder.resolve("snapshots"), new FileStorage(), crypto, now, 10, environment, "");
    box.define();
    box.start(seed);
    box.activate(Box.SINGLETON);
    box.board.applied(() -> new Board.Waiting(java.util.List.of(), java.util.List.of()));
    return box;
  }

  private void fragment(String name, String body) throws IOException {
    Files.writeString(
        fragments.resolve(name),
        "<esf:configurations xmlns:esf=\"http://eurotech.com/esf/2.0\">"
            + body
            + "</esf:configurations>");
  }

  private static String component(String pid, String... properties) {
    StringBuilder xml =
        new StringBuilder("<esf:configuration pid=\"" + pid + "\"><esf:properties>");
    for (int i = 0; i < properties.length; i += 3) {
      xml.append("<esf:property name=\"")
          .append(properties[i])
          .append("\" type=\"")
          .append(properties[i + 1])
          .append("\"><esf:value>")
          .append(properties[i + 2])
          .append("</esf:value></esf:property>");
    }
    return xml.append("</esf:properties></esf:configuration>").toString();
  }

  private int snapshots(Box box) throws KuraException {
    return box.service.getSnapshots().size();
  }

  @Test
  void fragmentsAreAppliedInOrderOfTheirNamesAndKeptAsOneSnapshot() throws Exception {
    fragment(
        "10-base.xml", component(Box.SINGLETON, "speed", "Integer", "10", "note", "String", "a"));
    fragment(
        "20-site.xml",
        component(Box.SINGLETON, "note", "String", "b")
            + component(
                "d1", "service.factoryPid", "String", Box.FACTORY, "host", "String", "plc"));
    Box box = start();
    assertEquals(10, box.given(Box.SINGLETON).get("speed"));
    assertEquals("b", box.given(Box.SINGLETON).get("note"));
    assertEquals("plc", box.given("d1").get("host"));
    assertEquals(502, box.given("d1").get("port"));
    assertEquals(1, snapshots(box));
    assertEquals("provisioned", box.archive.list().get(0).name());
    assertEquals(Level.OK, box.board.health().level());
  }

  @Test
  void aSecondStartChangesNothingAndWhatSomebodyChangedStays() throws Exception {
    fragment("10.xml", component(Box.SINGLETON, "speed", "Integer", "10"));
    Box box = start();
    box.service.updateConfiguration(Box.SINGLETON, Map.of("speed", 77));
    int count = snapshots(box);
    Box again = start();
    assertEquals(77, again.given(Box.SINGLETON).get("speed"));
    assertEquals(count, snapshots(again));
  }

  @Test
  void aChangedFragmentIsAppliedAgain() throws Exception {
    fragment("10.xml", component(Box.SINGLETON, "speed", "Integer", "10"));
    start();
    fragment("10.xml", component(Box.SINGLETON, "speed", "Integer", "20"));
    assertEquals(20, start().given(Box.SINGLETON).get("speed"));
  }

  @Test
  void variablesAndTheBoxesNameFillTheFragment() throws Exception {
    fragment(
        "10.xml",
        component(
            Box.SINGLETON,
            "speed",
            "Integer",
            "${PENSTOCK_SPEED}",
            "note",
            "String",
            "${PENSTOCK_SITE:-nowhere} ${host.name} &amp; ${HOME} ${PENSTOCK_ODD}"));
    environment.put("PENSTOCK_SPEED", "33");
    environment.put("PENSTOCK_ODD", "<\"&>");
    Box box = start();
    assertEquals(33, box.given(Box.SINGLETON).get("speed"));
    assertEquals("nowhere box-host.name & ${HOME} <\"&>", box.given(Box.SINGLETON).get("note"));
    environment.put("PENSTOCK_SPEED", "34");
    assertEquals(34, start().given(Box.SINGLETON).get("speed"), "a changed variable counts");
  }

  @Test
  void jsonFragmentsAreTakenToo() throws Exception {
    Files.writeString(
        fragments.resolve("10.json"),
        "{\"configs\":[{\"pid\":\""
            + Box.SINGLETON
            + "\",\"properties\":{\"note\":{\"type\":\"STRING\",\"value\":\"${PENSTOCK_A}\"}}}]}");
    environment.put("PENSTOCK_A", "say \"hi\"\\");
    assertEquals("say \"hi\"\\", start().given(Box.SINGLETON).get("note"));
  }

  @Test
  void aMissingVariableOrABrokenFragmentIsNamedAndTheOthersAreApplied() throws Exception {
    fragment("10.xml", component(Box.SINGLETON, "note", "String", "${PENSTOCK_MISSING}"));
    Files.writeString(fragments.resolve("20.xml"), "<esf:configurations");
    fragment("30.xml", component(Box.SINGLETON, "speed", "Integer", "30"));
    Box box = start();
    assertEquals(30, box.given(Box.SINGLETON).get("speed"));
    assertNull(box.given(Box.SINGLETON).get("note"));
    String reason = box.board.health().reason();
    assertTrue(reason.contains("PENSTOCK_MISSING") && reason.contains("20.xml"), reason);
    environment.put("PENSTOCK_MISSING", "there");
    assertEquals("there", start().given(Box.SINGLETON).get("note"));
  }

  @Test
  void singleValuesFromTheEnvironmentHoldAtEachStartWithTheTypeThatIsThere() throws Exception {
    fragment(
        "10.xml",
        component(
            Box.SINGLETON,
            "speed",
            "Integer",
            "10",
            "note",
            "String",
            "x",
            "pin",
            "Password",
            "1"));
    environment.put("PENSTOCK_CONFIG__ORG_EXAMPLE_PUMP__SPEED", "44");
    environment.put("PENSTOCK_CONFIG__ORG_EXAMPLE_PUMP__PIN", "9999");
    environment.put("PENSTOCK_CONFIG__ORG_EXAMPLE_PUMP__NAMES", "p,q");
    environment.put("PENSTOCK_SET_1", Box.SINGLETON + " note=a b=c");
    Box box = start();
    assertEquals(44, box.given(Box.SINGLETON).get("speed"));
    assertEquals("a b=c", box.given(Box.SINGLETON).get("note"));
    assertEquals(2, ((String[]) box.given(Box.SINGLETON).get("names")).length);
    String sealed = (String) box.given(Box.SINGLETON).get("pin");
    assertEquals("9999", box.secrets.decrypt(sealed).orElseThrow());
    assertEquals(Level.OK, box.board.health().level(), box.board.health().reason());
    int count = snapshots(box);
    assertEquals(count, snapshots(start()), "nothing new: no snapshot");
    box.service.updateConfiguration(Box.SINGLETON, Map.of("speed", 1));
    assertEquals(44, start().given(Box.SINGLETON).get("speed"), "the environment holds");
  }

  @Test
  void aVariableThatNamesNothingOrDoesNotFitIsNamed() throws Exception {
    fragment("10.xml", component(Box.SINGLETON, "speed", "Integer", "10"));
    environment.put("PENSTOCK_CONFIG__ORG_EXAMPLE_PUMP__SPEDE", "44");
    environment.put("PENSTOCK_CONFIG__ORG_EXAMPLE_PUMP__SPEED", "fast");
    environment.put("PENSTOCK_SET_1", "nonsense");
    String reason = start().board.health().reason();
    assertTrue(reason.contains("SPEDE: names no component"), reason);
    assertTrue(reason.contains("does not fit org.example.Pump, speed"), reason);
    assertTrue(reason.contains("PENSTOCK_SET_1: write"), reason);
  }

  @Test
  void provisioningComesOverTheSeedAndAFailedSeedIsTriedAgain() throws Exception {
    fragment("10.xml", component(Box.SINGLETON, "speed", "Integer", "10"));
    Path seed = folder.resolve("seed.xml");
    Files.writeString(seed, "broken");
    start(seed);
    Files.writeString(
        seed,
        "<esf:configurations xmlns:esf=\"http://eurotech.com/esf/2.0\">"
            + component(Box.SINGLETON, "speed", "Integer", "1", "note", "String", "seeded")
            + "</esf:configurations>");
    Box box = start(seed);
    assertEquals("seeded", box.given(Box.SINGLETON).get("note"));
    assertEquals(10, box.given(Box.SINGLETON).get("speed"));
  }
}
