package org.penstock.driver.lorawan.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages of ChirpStack and The Things Stack. If deleted: a lost downlink could look as if it were on its way. */
class RemoteDialectTest {

  private static final Eui DEVICE = Eui.parse("70b3d57ed0000002");
  private static final String CHIRP = "application/a1/device/70b3d57ed0000002/event/";
  private static final String THINGS = "v3/plant@acme/devices/well-1/";
  private static final String IDS = "{\"end_device_ids\":{\"dev_eui\":\"70B3D57ED0000002\"},";
  private final RemoteDialect chirp = new ChirpStackDialect("a1");
  private final RemoteDialect things = new ThingsStackDialect("plant@acme");

  private static RemoteEvent event(RemoteDialect dialect, String topic, String json)
      throws FrameException {
    return dialect.parse(topic, json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  @Test
  void whatIsLeftOutIsZeroAndFieldsHaveTheirPath() throws FrameException {
    RemoteEvent.Up up =
        (RemoteEvent.Up)
            event(
                chirp,
                CHIRP + "up",
                "{\"object\":{\"a\":[1,{\"b\":true}],\"c\":\"x\",\"d\":null}}");
    assertEquals(0, up.counter());
    assertEquals(0, up.port());
    assertEquals(0, up.bytes().length);
    assertEquals(Map.of("a.0", 1.0, "a.1.b", true, "c", "x"), up.fields());
  }

  @Test
  void eachKindOfFailureIsToldWithItsReason() throws FrameException {
    RemoteEvent.Down log =
        (RemoteEvent.Down)
            event(
                chirp,
                CHIRP + "log",
                "{\"level\":\"ERROR\",\"code\":\"DOWNLINK_PAYLOAD_SIZE\","
                    + "\"context\":{\"queue_item_id\":\"i\"}}");
    assertEquals(List.of("i"), log.ids());
    assertEquals("DOWNLINK_PAYLOAD_SIZE", log.reason());
    RemoteEvent.Down nack =
        (RemoteEvent.Down) event(chirp, CHIRP + "ack", "{\"queueItemId\":\"i\"}");
    assertEquals(RemoteEvent.Progress.FAILED, nack.progress());
    RemoteEvent.Down failed =
        (RemoteEvent.Down)
            event(
                things,
                THINGS + "down/failed",
                IDS
                    + "\"downlink_failed\":{\"downlink\":{\"correlation_ids\":[\"i\"]},"
                    + "\"error\":{\"message_format\":\"too long\"}}}");
    assertTrue(failed.ids().contains("i"), failed.toString());
    assertEquals("too long", failed.reason());
    assertEquals(new RemoteEvent.Who(DEVICE, "well-1"), failed.who());
  }

  @Test
  void whatIsOfNobodyIsLeftOutAndWhatIsSenselessRefused() throws FrameException {
    byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
    assertTrue(chirp.parse("application/other/device/" + DEVICE + "/event/up", empty).isEmpty());
    assertTrue(chirp.parse(CHIRP + "location", empty).isEmpty());
    assertTrue(things.parse(THINGS + "service/data", empty).isEmpty());
    assertTrue(things.parse("v3/plant@acme/devices/x", empty).isEmpty());
    for (String senseless : List.of("[]", "{", "{\"data\":\"*\"}", "{\"fCnt\":\"x\"}")) {
      assertThrows(FrameException.class, () -> event(chirp, CHIRP + "up", senseless), senseless);
    }
    assertThrows(FrameException.class, () -> event(things, THINGS + "up", "{}"));
  }

  @Test
  void anObjectIsMadeOfAPath() {
    RemoteEvent.Who who = new RemoteEvent.Who(DEVICE, "well-1");
    RemoteDialect.Order order = new RemoteDialect.Order(who, "i", 3, true, null, "a.b", 7, 0);
    assertTrue(chirp.order(order).payload().contains("\"object\":{\"a\":{\"b\":7}}"));
    assertEquals(THINGS + "down/push", things.order(order).topic());
  }
}
