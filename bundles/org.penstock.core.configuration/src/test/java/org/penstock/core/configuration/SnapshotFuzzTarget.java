package org.penstock.core.configuration;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What Jazzer calls with each input: the first byte says whether it is read as XML or as JSON. */
public final class SnapshotFuzzTarget {

  private SnapshotFuzzTarget() {}

  /** Called by Jazzer; whatever is thrown but a refusal in words is a finding. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    boolean json = text.startsWith("{");
    try {
      Document document =
          json
              ? new SnapshotJsonReader().read(text)
              : new SnapshotXmlReader(cipherText -> Optional.empty()).read(text);
      String written = SnapshotXmlWriter.configurations(document.configurations());
      Document again = new SnapshotXmlReader(cipherText -> Optional.empty()).read(written);
      if (again.configurations().size() != document.configurations().size()) {
        throw new IllegalStateException("what was read does not survive writing: " + written);
      }
    } catch (DocumentException e) {
      if (e.getMessage() == null || e.getMessage().isBlank()) {
        throw new IllegalStateException("refused without a reason", e);
      }
    }
  }
}
