package org.penstock.demo.subscriber;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Without it the subscriber could miss or invent values. */
class PayloadTest {

  /** Time stamp 5; metric "ab" INT32 7; a position; metric "c" DOUBLE 1.0; body "x". */
  private static final byte[] GOLDEN =
      HexFormat.of()
          .parseHex(
              "0805"
                  + "c2b802"
                  + "08"
                  + "0a026162"
                  + "1003"
                  + "3007"
                  + "1212"
                  + "09000000000000f03f"
                  + "110000000000000040"
                  + "c2b802"
                  + "0e"
                  + "0a0163"
                  + "1000"
                  + "19000000000000f03f"
                  + "cab802"
                  + "0178");

  @Test
  void namesOfAllMetricsAreRead() throws IOException {
    assertEquals(List.of("ab", "c"), Payload.metrics(GOLDEN));
    assertEquals(List.of(), Payload.metrics(new byte[0]));
  }

  @Test
  void compressedPayloadsToo() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(GOLDEN);
    }
    assertEquals(List.of("ab", "c"), Payload.metrics(zipped.toByteArray()));
  }

  @Test
  void whatEndsInTheMiddleIsRefused() {
    byte[] cut = java.util.Arrays.copyOf(GOLDEN, 12);
    assertThrows(IOException.class, () -> Payload.metrics(cut));
  }
}
