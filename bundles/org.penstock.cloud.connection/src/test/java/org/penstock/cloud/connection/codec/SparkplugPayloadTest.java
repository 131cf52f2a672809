package org.penstock.cloud.connection.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

/** If deleted: a host's command could write another number to a device than it tells. */
class SparkplugPayloadTest {

  private static Object received(SparkplugType type, Object value) throws MalformedPayload {
    SparkplugMetric metric = SparkplugMetric.of("setpoint", 1, type, value);
    byte[] bytes = new SparkplugPayload(1, 0, "", List.of(metric)).encode();
    return SparkplugPayload.decode(bytes).metrics().get(0).value();
  }

  @Test
  void aNumberWithoutSignStaysAsLargeAsItIs() throws MalformedPayload {
    assertEquals(4_000_000_000L, received(SparkplugType.UINT32, 4_000_000_000L));
    assertEquals(7L, received(SparkplugType.UINT32, 7L));
    assertEquals(Long.MAX_VALUE, received(SparkplugType.UINT64, Long.MAX_VALUE));
    assertNull(received(SparkplugType.UINT64, -1L), "2^64 - 1 is no Long");
  }

  @Test
  void aNumberWithSignKeepsIt() throws MalformedPayload {
    assertEquals(-5, received(SparkplugType.INT32, -5));
    assertEquals(-5, received(SparkplugType.INT16, -5));
    assertEquals(-5L, received(SparkplugType.INT64, -5L));
  }
}
