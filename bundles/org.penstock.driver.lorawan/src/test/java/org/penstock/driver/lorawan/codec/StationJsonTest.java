package org.penstock.driver.lorawan.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages of Basics Station. If deleted: frames could be put together wrongly, and no MIC would fit. */
class StationJsonTest {

  private static final int RUNS = Boolean.getBoolean("penstock.all") ? 1_000_000 : 10_000;
  private static final String INFO =
      "\"DR\":5,\"Freq\":868100000,\"upinfo\":{\"rctx\":1,\"xtime\":9799833171755009,"
          + "\"gpstime\":0,\"rssi\":-35,\"snr\":9.5}}";
  static final String DATA =
      "{\"msgtype\":\"updf\",\"MHdr\":64,\"DevAddr\":-1985229329,\"FCtrl\":130,\"FCnt\":65535,"
          + "\"FOpts\":\"030a\",\"FPort\":2,\"FRMPayload\":\"a1b2\",\"MIC\":-2,"
          + INFO;
  static final String JOIN =
      "{\"msgtype\":\"jreq\",\"MHdr\":0,\"JoinEui\":\"::1\",\"DevEui\":\"70-b3-d5-7e-d0-00-00-a1\","
          + "\"DevNonce\":4660,\"MIC\":1,"
          + INFO;

  private static StationMessage.Frame frame(String json) throws FrameException {
    return (StationMessage.Frame) StationJson.parse(json);
  }

  @Test
  void framesArePutTogetherAsTheyTravelled() throws FrameException {
    StationMessage.Frame data = frame(DATA);
    assertEquals(
        "40" + "efcdab89" + "82" + "ffff" + "030a" + "02" + "a1b2" + "feffffff",
        HexFormat.of().formatHex(data.bytes()));
    assertEquals(new StationTime(9_799_833_171_755_009L, 1), data.time());
    assertEquals(9.5, data.snr());
    assertEquals(
        "00" + "0100000000000000" + "a10000d07ed5b370" + "3412" + "01000000",
        HexFormat.of().formatHex(frame(JOIN).bytes()));
    assertArrayEquals(
        HexFormat.of().parseHex("e0aabb"),
        frame("{\"msgtype\":\"propdf\",\"FRMPayload\":\"e0aabb\"," + INFO).bytes());
    String empty = DATA.replace("\"FPort\":2,\"FRMPayload\":\"a1b2\"", "\"FPort\":-1");
    assertEquals(14, frame(empty).bytes().length);
  }

  @Test
  void anEuiIsReadInEveryFormInUse() throws FrameException {
    for (String text :
        new String[] {
          "\"::1\"",
          "\"0:0:0:1\"",
          "\"0000000000000001\"",
          "\"00-00-00-00-00-00-00-01\"",
          "1",
          "\"00:00:00:00:00:00:00:01\""
        }) {
      assertEquals(new Eui(1), StationJson.router("{\"router\":" + text + "}"), text);
    }
    Eui high = Eui.parse("b827ebfffe123456");
    assertEquals("b827:ebff:fe12:3456", StationJson.id6(high));
    assertEquals(high, StationJson.router("{\"router\":\"b827:ebff:fe12:3456\"}"));
    assertEquals(
        high, StationJson.router("{\"router\":" + Long.toUnsignedString(high.value()) + "}"));
    assertEquals(new Eui(0x1L << 48), StationJson.router("{\"router\":\"1::\"}"));
  }

  @Test
  void whatDoesNotFitIsRefusedInWords() {
    for (String wrong :
        new String[] {
          "[]",
          "{",
          "{\"msgtype\":{}}",
          DATA.replace("65535", "65536"),
          DATA.replace("130", "131"),
          DATA.replace("030a", "03"),
          DATA.replace("9799833171755009", "1e400"),
          DATA.replace("9799833171755009", "99999999999999999999"),
          DATA.replace("868100000", "-5"),
          DATA.replace("\"FPort\":2", "\"FPort\":256"),
          JOIN.replace("::1", "::12345"),
          JOIN.replace("::1", "1:2:3:4:5"),
          "{\"router\":\"::1\"}"
        }) {
      FrameException refused =
          assertThrows(FrameException.class, () -> StationJson.parse(wrong), wrong);
      assertFalse(refused.getMessage().isBlank());
    }
  }

  @Test
  void anOrderCarriesBothWindowsOrTheOneAtOnce() {
    StationTime time = new StationTime(9_799_833_171_755_009L, 1);
    StationJson.Window rx1 = new StationJson.Window(5, 868_100_000);
    StationJson.Window rx2 = new StationJson.Window(0, 869_525_000);
    byte[] pdu = {0x60, 1};
    JsonObject later =
        JsonParser.parseString(
                StationJson.order(
                    new StationJson.Order(7, new Eui(0xa1), pdu, time, 1, rx1, rx2), 0))
            .getAsJsonObject();
    assertEquals("00-00-00-00-00-00-00-a1", later.get("DevEui").getAsString());
    assertEquals(0, later.get("dC").getAsInt());
    assertEquals(9_799_833_171_755_009L, later.get("xtime").getAsLong());
    assertEquals(868_100_000, later.get("RX1Freq").getAsInt());
    assertEquals(0, later.get("RX2DR").getAsInt());
    assertEquals("6001", later.get("pdu").getAsString());
    JsonObject now =
        JsonParser.parseString(
                StationJson.order(
                    new StationJson.Order(8, new Eui(0xa1), pdu, time, 0, null, rx2), 0))
            .getAsJsonObject();
    assertEquals(2, now.get("dC").getAsInt());
    assertFalse(now.has("RX1DR") || now.has("xtime"));
  }

  /** Damaged messages: digits, braces and quotes changed, left out, doubled. Seed in the message. */
  @Test
  void damagedMessagesAreAcceptedOrRefusedInWords() {
    Random random = new Random(11);
    String[] seeds = {DATA, JOIN, "{\"msgtype\":\"dntxed\",\"diid\":7,\"Freq\":868100000}"};
    String alphabet = "{}[]\",:-0123456789eE.abfxnul\\ \u0000\u20ac";
    int accepted = 0;
    for (int i = 0; i < RUNS; i++) {
      StringBuilder text = new StringBuilder(seeds[i % seeds.length]);
      for (int change = random.nextInt(6); change > 0; change--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
          case 1 -> text.deleteCharAt(at).append(' ');
          case 2 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
          default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 30)));
        }
      }
      try {
        StationJson.parse(text.toString());
        accepted++;
      } catch (FrameException refused) {
        assertFalse(refused.getMessage().isBlank(), text.toString());
      } catch (RuntimeException broken) {
        throw new AssertionError("run " + i + ": " + text, broken);
      }
    }
    assertTrue(accepted > RUNS / 20 && accepted < RUNS, accepted + " of " + RUNS);
  }
}
