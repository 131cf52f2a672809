package org.penstock.cloud.connection.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.eclipse.kura.cloud.CloudPayloadEncoding;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.Test;

/** Without it consumers of Kura's simple JSON could find other keys or types than they know. */
class SimpleJsonTest {

  private static final PayloadForm FORM = new PayloadForm(CloudPayloadEncoding.SIMPLE_JSON, false);

  private static String encoded(KuraPayload payload) throws Exception {
    return new String(FORM.encode(payload), StandardCharsets.UTF_8);
  }

  private static KuraPayload decoded(String text) {
    return FORM.decode(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void textIsExact() throws Exception {
    KuraPayload payload = new KuraPayload();
    payload.setTimestamp(new Date(1234));
    payload.addMetric("bytes", new byte[] {1, 2});
    payload.setBody("hi".getBytes(StandardCharsets.UTF_8));
    assertEquals(
        "{\"sentOn\":1234,\"metrics\":{\"bytes\":\"AQI=\"},\"body\":\"aGk=\"}", encoded(payload));
  }

  @Test
  void numbersThatAreNotFiniteAreDropped() throws Exception {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("nan", Double.NaN);
    payload.addMetric("inf", Float.POSITIVE_INFINITY);
    assertEquals("{\"metrics\":{}}", encoded(payload));
  }

  @Test
  void integralNumbersBecomeLongOthersDouble() {
    KuraPayload read =
        decoded("{\"sentOn\":5,\"metrics\":{\"a\":1,\"b\":1.5,\"c\":\"AQI=\",\"d\":true}}");
    assertEquals(5, read.getTimestamp().getTime());
    assertEquals(1L, read.getMetric("a"));
    assertEquals(1.5, read.getMetric("b"));
    assertEquals("AQI=", read.getMetric("c"));
    assertEquals(true, read.getMetric("d"));
  }

  @Test
  void anUnknownKeyMakesTheTextTheBody() {
    String text = "{\"sentOn\":5,\"colour\":\"red\"}";
    KuraPayload read = decoded(text);
    assertNull(read.getTimestamp());
    assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), read.getBody());
  }
}
