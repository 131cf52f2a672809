package org.penstock.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.eclipse.kura.configuration.Password;
import org.junit.jupiter.api.Test;

/** Without it a damaged or hostile document could hang or crash the gateway at its start. */
class SnapshotFuzzTest {

  private static final int ROUNDS = 6000;
  private static final List<String> SCRAPS =
      List.of(
          "<",
          ">",
          "&",
          "&#0;",
          "&lt;",
          "]]>",
          "<![CDATA[",
          "<!--",
          "<?x ?>",
          "\"",
          "'",
          "esf:",
          "array=\"true\"",
          "type=\"Integer\"",
          "\u0000",
          "\uFFFF",
          "999999999999999999999",
          "{",
          "}",
          "[",
          "]",
          ",",
          "\"type\":\"LONG\"",
          "null",
          "</esf:value>",
          "<!DOCTYPE a>",
          "NaN",
          "1e999");

  private final Random random = new Random(20260101);

  private final List<org.eclipse.kura.configuration.ComponentConfiguration> good =
      List.of(
          Box.configuration("p", Map.of("a", 1, "b", "text & <more>", "c", new Long[] {1L, 2L})),
          Box.configuration("q", Map.of("pw", new Password("x"), "t", new Boolean[] {true})));

  private String mutated(String text) {
    StringBuilder mutant = new StringBuilder(text);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(mutant.length());
      switch (random.nextInt(4)) {
        case 0 -> mutant.insert(at, SCRAPS.get(random.nextInt(SCRAPS.size())));
        case 1 -> mutant.setCharAt(at, (char) random.nextInt(0x300));
        case 2 -> mutant.delete(at, Math.min(mutant.length() - 1, at + random.nextInt(40)));
        default -> {
          int from = random.nextInt(mutant.length());
          mutant.insert(at, mutant.substring(from, Math.min(mutant.length(), from + 60)));
        }
      }
    }
    return mutant.toString();
  }

  @Test
  void mutatedXmlIsAcceptedOrRefusedWithAReasonAndNeverHangs() {
    String xml = SnapshotXmlWriter.configurations(good);
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String mutant = mutated(xml);
      try {
        Document document = new SnapshotXmlReader(text -> Optional.empty()).read(mutant);
        String written = SnapshotXmlWriter.configurations(document.configurations());
        Document again = new SnapshotXmlReader(text -> Optional.empty()).read(written);
        assertEquals(document.configurations().size(), again.configurations().size(), mutant);
        accepted++;
      } catch (DocumentException e) {
        assertNotNull(e.getMessage(), mutant);
      }
    }
    assertTrue(accepted > ROUNDS / 20, "the mutations should not only break: " + accepted);
  }

  @Test
  void mutatedJsonIsAcceptedOrRefusedWithAReason() {
    String json = SnapshotJsonWriter.configurations(good);
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String mutant = mutated(json);
      try {
        assertNotNull(new SnapshotJsonReader().read(mutant));
        accepted++;
      } catch (DocumentException e) {
        assertNotNull(e.getMessage(), mutant);
      }
    }
    assertTrue(accepted > ROUNDS / 50, "the mutations should not only break: " + accepted);
  }

  /** If deleted: a document that ends in the middle could be taken, or deep nesting end the thread. */
  @Test
  void deepNestingIsRefusedAtOnce() {
    String xml = "<esf:configurations>" + "<x>".repeat(200_000);
    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          DocumentException cut =
              assertThrows(
                  DocumentException.class,
                  () -> new SnapshotXmlReader(text -> Optional.empty()).read(xml));
          assertTrue(cut.getMessage().contains("line 1"), cut.getMessage());
          assertThrows(
              DocumentException.class,
              () -> new SnapshotJsonReader().read("{\"x\":" + "[".repeat(200_000)));
        });
  }

  /** Found by Jazzer: Java's parser has no text for this error and fails with one of its own. */
  @Test
  void aBrokenDoctypeIsRefusedInWords() {
    for (String xml :
        List.of(
            "<!DOCTYPE x [<!ENTITYM 6\" e SYSons>&e;</esf:configurations><!DOCT\u0001\u0000YPE x [",
            "<?xml version=\"1.0\"?><!-- a --> <!DOCTYPE a><esf:configurations/>",
            "<esf:configurations/><!DOCTYPE x [<!ENTITYM \u0001")) {
      DocumentException refused =
          org.junit.jupiter.api.Assertions.assertThrows(
              DocumentException.class,
              () -> new SnapshotXmlReader(text -> Optional.empty()).read(xml));
      assertNotNull(refused.getMessage());
    }
  }
}
