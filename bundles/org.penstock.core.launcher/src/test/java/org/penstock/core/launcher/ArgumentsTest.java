package org.penstock.core.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without it a wrong command line would start a gateway with other settings than asked for. */
class ArgumentsTest {

  private static final Path INSTALL = Path.of("/opt/penstock");
  private static final Path HOME = Path.of("/var/lib/penstock");

  @TempDir Path folder;

  @Test
  void noOptionGivesTheDefaults() throws StartFailure {
    Arguments a = Arguments.parse(INSTALL, HOME);
    assertEquals(HOME, a.home());
    assertEquals(8443, a.httpsPort());
    assertEquals("small", a.profile());
    assertTrue(a.seed().isEmpty());
    assertTrue(a.adminPasswordFile().isEmpty());
  }

  @Test
  void everyOptionIsTaken() throws Exception {
    Path file = Files.createFile(folder.resolve("f"));
    Arguments a =
        Arguments.parse(
            INSTALL,
            HOME,
            "--home",
            folder.toString(),
            "--https-port",
            "0",
            "--seed",
            file.toString(),
            "--admin-password-file",
            file.toString(),
            "--profile",
            "large");
    assertEquals(folder, a.home());
    assertEquals(0, a.httpsPort());
    assertEquals(file, a.seed().orElseThrow());
    assertEquals(file, a.adminPasswordFile().orElseThrow());
    assertEquals("large", a.profile());
  }

  @Test
  void whatIsWrongIsNamedWithTheGivenValue() {
    for (List<String> wrong :
        List.of(
            List.of("--https-port", "65536"),
            List.of("--https-port", "http"),
            List.of("--profile", "huge"),
            List.of("--seed", "/no/such/file"),
            List.of("--admin-password-file", "/no/such/file"),
            List.of("--colour", "blue"))) {
      StartFailure failure =
          assertThrows(
              StartFailure.class,
              () -> Arguments.parse(INSTALL, HOME, wrong.toArray(String[]::new)),
              wrong::toString);
      assertEquals(StartFailure.USAGE, failure.status());
      assertTrue(failure.getMessage().contains(wrong.get(0)), failure::getMessage);
      assertTrue(
          wrong.get(0).equals("--colour") || failure.getMessage().contains(wrong.get(1)),
          failure::getMessage);
    }
    assertThrows(StartFailure.class, () -> Arguments.parse(INSTALL, HOME, "--home"));
  }
}
