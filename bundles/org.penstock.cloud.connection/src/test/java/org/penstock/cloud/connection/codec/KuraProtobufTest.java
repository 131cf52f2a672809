package org.penstock.cloud.connection.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloud.CloudPayloadEncoding;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraPosition;
import org.junit.jupiter.api.Test;
import org.penstock.test.payload.KuraPayloadProto;
import org.penstock.test.payload.KuraPayloadProto.KuraPayload.KuraMetric;
import org.penstock.test.payload.KuraPayloadProto.KuraPayload.KuraMetric.ValueType;

/** Without it every cloud could misread every value: the peer here is the protobuf compiler's code. */
class KuraProtobufTest {

  private static final PayloadForm PACKED =
      new PayloadForm(CloudPayloadEncoding.KURA_PROTOBUF, true);
  private static final PayloadForm PLAIN =
      new PayloadForm(CloudPayloadEncoding.KURA_PROTOBUF, false);

  private static KuraPayload full() {
    KuraPayload payload = new KuraPayload();
    payload.setTimestamp(new Date(1_760_000_000_123L));
    payload.addMetric("double", -0.1);
    payload.addMetric("float", Float.MIN_VALUE);
    payload.addMetric("long", Long.MIN_VALUE);
    payload.addMetric("int", -1);
    payload.addMetric("bool", true);
    payload.addMetric("text", "Ölstand µ");
    payload.addMetric("bytes", new byte[] {0, -1});
    payload.addMetric("nothing", null);
    payload.setBody(new byte[] {1, 2, 3});
    KuraPosition position = new KuraPosition();
    position.setLatitude(48.1);
    position.setLongitude(11.5);
    position.setAltitude(520.0);
    position.setPrecision(1.5);
    position.setHeading(90.0);
    position.setSpeed(3.25);
    position.setTimestamp(new Date(1_760_000_000_000L));
    position.setSatellites(9);
    position.setStatus(3);
    payload.setPosition(position);
    return payload;
  }

  @Test
  void theCompilersCodeReadsEveryTypeAndPositionField() throws Exception {
    var read = KuraPayloadProto.KuraPayload.parseFrom(PLAIN.encode(full()));
    assertEquals(1_760_000_000_123L, read.getTimestamp());
    Map<String, KuraMetric> metrics =
        read.getMetricList().stream().collect(Collectors.toMap(KuraMetric::getName, m -> m));
    assertEquals(7, metrics.size(), "null metrics are skipped");
    assertEquals(ValueType.DOUBLE, metrics.get("double").getType());
    assertEquals(-0.1, metrics.get("double").getDoubleValue());
    assertEquals(ValueType.FLOAT, metrics.get("float").getType());
    assertEquals(Float.MIN_VALUE, metrics.get("float").getFloatValue());
    assertEquals(ValueType.INT64, metrics.get("long").getType());
    assertEquals(Long.MIN_VALUE, metrics.get("long").getLongValue());
    assertEquals(ValueType.INT32, metrics.get("int").getType());
    assertEquals(-1, metrics.get("int").getIntValue());
    assertEquals(ValueType.BOOL, metrics.get("bool").getType());
    assertEquals(true, metrics.get("bool").getBoolValue());
    assertEquals("Ölstand µ", metrics.get("text").getStringValue());
    assertEquals(ByteString.copyFrom(new byte[] {0, -1}), metrics.get("bytes").getBytesValue());
    assertEquals(ByteString.copyFrom(new byte[] {1, 2, 3}), read.getBody());
    var position = read.getPosition();
    assertEquals(48.1, position.getLatitude());
    assertEquals(11.5, position.getLongitude());
    assertEquals(520.0, position.getAltitude());
    assertEquals(1.5, position.getPrecision());
    assertEquals(90.0, position.getHeading());
    assertEquals(3.25, position.getSpeed());
    assertEquals(1_760_000_000_000L, position.getTimestamp());
    assertEquals(9, position.getSatellites());
    assertEquals(3, position.getStatus());
  }

  @Test
  void goldenBytes() throws Exception {
    KuraPayload payload = new KuraPayload();
    payload.setTimestamp(new Date(150));
    payload.addMetric("t", 1);
    payload.setBody(new byte[] {7});
    // field 1 varint 150; field 5000 (0xc2 0xb8 0x02) of 7 bytes: name, type 3, int_value 1; field
    // 5001
    assertEquals(
        "089601c2b802070a0174100330" + "01cab8020107",
        HexFormat.of().formatHex(PLAIN.encode(payload)));
  }

  @Test
  void whatTheCompilersCodeWritesIsRead() {
    var sent =
        KuraPayloadProto.KuraPayload.newBuilder()
            .setTimestamp(5)
            .setPosition(
                KuraPayloadProto.KuraPayload.KuraPosition.newBuilder()
                    .setLatitude(1)
                    .setLongitude(2)
                    .setSatellites(4))
            .addMetric(
                KuraMetric.newBuilder().setName("a").setType(ValueType.INT64).setLongValue(-7))
            .addMetric(
                KuraMetric.newBuilder().setName("b").setType(ValueType.STRING).setStringValue("x"))
            .build();
    KuraPayload read = PLAIN.decode(sent.toByteArray());
    assertEquals(5, read.getTimestamp().getTime());
    assertEquals(-7L, read.getMetric("a"));
    assertEquals("x", read.getMetric("b"));
    assertEquals(4, read.getPosition().getSatellites());
    assertNull(read.getBody());
  }

  @Test
  void gzipIsWrittenAndDetected() throws Exception {
    byte[] packed = PACKED.encode(full());
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      var read = KuraPayloadProto.KuraPayload.parseFrom(in);
      assertEquals(1_760_000_000_123L, read.getTimestamp());
    }
    assertEquals(-1, PLAIN.decode(packed).getMetric("int"));
    assertEquals(-1, PACKED.decode(PLAIN.encode(full())).getMetric("int"));
  }

  @Test
  void whatCanNotBeReadBecomesTheBody() {
    byte[] garbage = "hello".getBytes(StandardCharsets.UTF_8);
    KuraPayload read = PLAIN.decode(garbage);
    assertArrayEquals(garbage, read.getBody());
    assertEquals(Map.of(), read.metrics());
    byte[] torn = {0x1f, (byte) 0x8b, 8, 0};
    assertArrayEquals(torn, PLAIN.decode(torn).getBody());
  }

  @Test
  void anUnsupportedClassIsRefusedAndNamed() {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("level", new int[0]);
    KuraException refused = assertThrows(KuraException.class, () -> PLAIN.encode(payload));
    assertFalse(refused.getMessage().isBlank());
    assertEquals(true, refused.getMessage().contains("level"), refused.getMessage());
  }
}
