package org.penstock.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraPartialSuccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.configuration.Problem;
import org.penstock.core.storage.FileStorage;

/** Without it the switch between Kura's leniency and a clear answer could stand anywhere. */
class LeniencyTest {

  private static final Map<String, Object> WRONG = Map.of("speed", 1000);

  @TempDir Path folder;

  private Box box(String framework) {
    Box box =
        new Box(
            folder,
            new FileStorage(),
            new DeviceCrypto("0123456789abcdef"),
            new long[] {1000},
            10,
            Map.of(),
            framework);
    box.define();
    box.activate(Box.SINGLETON);
    return box;
  }

  private static Object speed(Box box) {
    return box.given(Box.SINGLETON).get("speed");
  }

  @Test
  void byDefaultKurasApiIsLenientAndTheCheckBesideItStrict() throws Exception {
    Box box = box("");
    assertFalse(box.check.check(Box.SINGLETON, WRONG).isEmpty());
    assertFalse(box.check.check("nobody", Map.of()).isEmpty());
    box.service.updateConfiguration(Box.SINGLETON, WRONG);
    assertEquals(1000, speed(box));
  }

  /** Without it a time table that is none is taken, and shows first when the timer should tick. */
  @Test
  void aFactoryThatKnowsMoreThanItsDefinitionIsAskedAboutTheWholeConfiguration() throws Exception {
    Box box = box("");
    box.factorySays.put(Box.FACTORY, new Problem("d1", "host", "bad", "must be good"));
    Map<String, Object> bad = Map.of("host", "bad");
    assertEquals("must be good", box.check.checkNew(Box.FACTORY, "d1", bad).get(0).allowed());
    assertEquals(List.of(), box.check.checkNew(Box.FACTORY, "d1", Map.of("host", "good")));
    box.service.createFactoryConfiguration(Box.FACTORY, "d1", bad, false);
    assertEquals(
        "must be good",
        box.check.check("d1", Map.of("port", 5)).get(0).allowed(),
        "what is in force counts, too");
    assertEquals(List.of(), box.check.check("d1", Map.of("host", "good")));
  }

  @Test
  void trueMakesAllLenient() {
    Box box = box("true");
    assertEquals(List.of(), box.check.check(Box.SINGLETON, WRONG));
    assertEquals(List.of(), box.check.check("nobody", Map.of()));
    assertEquals(List.of(), box.check.checkNew("nothing", "d1", Map.of()));
  }

  @Test
  void falseMakesKurasApiStrictToo() {
    Box box = box("false");
    KuraException refused =
        assertThrows(
            KuraException.class, () -> box.service.updateConfiguration(Box.SINGLETON, WRONG));
    KuraException cause =
        (KuraException)
            assertInstanceOf(KuraPartialSuccessException.class, refused).getCauses().get(0);
    assertEquals(KuraErrorCode.CONFIGURATION_ATTRIBUTE_INVALID, cause.getCode());
    for (String word : List.of(Box.SINGLETON, "speed", "0 to 100")) {
      assertTrue(cause.getMessage().contains(word), cause.getMessage());
    }
    assertEquals(50, speed(box));
    KuraException missing =
        assertThrows(
            KuraException.class,
            () -> box.service.createFactoryConfiguration(Box.FACTORY, "d1", Map.of(), false));
    assertEquals(KuraErrorCode.CONFIGURATION_REQUIRED_ATTRIBUTE_MISSING, missing.getCode());
    assertTrue(missing.getMessage().contains("d1, host"), missing.getMessage());
    assertThrows(
        KuraException.class,
        () -> box.service.createFactoryConfiguration("nothing", "d1", Map.of(), false));
  }

  @Test
  void aComponentsOwnPropertyComesFirst() throws Exception {
    Box box = box("false");
    box.service.updateConfiguration(
        Box.SINGLETON, Map.of("penstock.compat.lenient", true, "speed", 1000));
    assertEquals(1000, speed(box));
    box.service.updateConfiguration(Box.SINGLETON, Map.of("speed", 2000));
    assertEquals(2000, speed(box), "the property stays with the component");
    assertEquals(List.of(), box.check.check(Box.SINGLETON, WRONG));
  }
}
