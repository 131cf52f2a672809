package org.penstock.driver.lorawan.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the vectors do not say. If deleted: rules of the specification could be broken unseen. */
class FrameTest {

  @ParameterizedTest
  @CsvSource({
    "'', a frame of 0 bytes",
    "41f17dbe4900020001954378762b11ff0d, major version 2",
    "c0f17dbe4900020001954378762b11ff0d, LoRaWAN 1.1",
    "e0, proprietary",
    "40f17dbe49000200010203, must be 12 or more",
    "40f17dbe490f02000195437876, run out of the frame",
    "40f17dbe490102000200aa2b11ff0d, on FPort 0",
    "0001010101010101010202020202020202030309b97b, must be 23"
  })
  void whatIsNoFrameIsRefusedWithTheReason(String hex, String reason) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    FrameException refusal = assertThrows(FrameException.class, () -> PhyPayload.parse(bytes));
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }

  /** LoRaWAN 1.0.3 section 4.3.1.5: the gap is bounded, and no counter comes twice. */
  @ParameterizedTest
  @CsvSource({
    "-1, 0, 0, true",
    "-1, 16383, 16383, true",
    "-1, 16384, 16384, false",
    "5, 5, 5, false",
    "5, 4, 65540, false",
    "5, 16389, 16389, true",
    "5, 16390, 16390, false",
    "65535, 0, 65536, true",
    "65540, 65535, 131071, false",
    "4294967295, 0, 4294967296, false"
  })
  void counters(long last, int low, long whole, boolean next) {
    assertEquals(whole, FrameCounter.whole(last, low));
    assertEquals(next, FrameCounter.isNext(last, whole));
  }

  /** Golden bytes by LoRaWAN 1.0.3 section 5. */
  @Test
  void commandsToADevice() {
    List<MacCommand> all =
        List.of(
            MacCommand.linkCheck(20, 2),
            MacCommand.linkAdr(5, 1, 0x00ff, 0, 1),
            MacCommand.dutyCycle(7),
            MacCommand.rxParam(2, 3, 869_525_000),
            MacCommand.devStatus(),
            MacCommand.newChannel(3, 867_100_000, 0, 5),
            MacCommand.rxTiming(1),
            MacCommand.txParam(true, true, 5),
            MacCommand.time(1_000_500));
    byte[] bytes = MacCommand.encode(all);
    assertEquals(
        "021402"
            + "0351ff0001"
            + "0407"
            + "0523d2ad84"
            + "06"
            + "0703184f8450"
            + "0801"
            + "0935"
            + "0de803000080",
        HexFormat.of().formatHex(bytes));
    assertEquals(new MacCommand.Parsed(all, ""), MacCommand.parse(bytes, false));
  }

  @Test
  void commandsOfADevice() {
    byte[] bytes = HexFormat.of().parseHex("020307030606fe3f070305030806");
    MacCommand.Parsed parsed = MacCommand.parse(bytes, true);
    assertEquals(7, parsed.commands().size());
    assertTrue(parsed.commands().get(1).accepted());
    assertFalse(parsed.commands().get(2).accepted(), "the mask was refused");
    assertEquals("DEV_STATUS is cut off", parsed.problem());
    assertEquals(MacCommand.Kind.NEW_CHANNEL, parsed.commands().get(4).kind());
  }

  @Test
  void batteryAndMargin() {
    MacCommand status = MacCommand.parse(HexFormat.of().parseHex("06fe3f"), true).commands().get(0);
    assertEquals(254, status.battery());
    assertEquals(-1, status.margin());
  }

  @Test
  void commandsOfLorawanOneDotOneAreNamed() {
    MacCommand.Parsed parsed = MacCommand.parse(HexFormat.of().parseHex("020101"), true);
    assertEquals(1, parsed.commands().size());
    assertTrue(parsed.problem().contains("LoRaWAN 1.1"), parsed.problem());
  }

  @Test
  void receptionsThatAreDamagedOrSenselessAreCountedAndDoNotCostTheOthers() throws Exception {
    String good = "{\"tmst\":1,\"freq\":868.1,\"datr\":\"SF7BW125\",\"stat\":1,\"data\":\"AA==\"}";
    String json =
        "{\"rxpk\":["
            + good.replace("\"stat\":1", "\"stat\":-1")
            + ","
            + good.replace("868.1", "\"x\"")
            + ",7,{},"
            + good.replace("SF7BW125", "SF99BW125")
            + ","
            + good
            + "],\"stat\":{\"rxnb\":6}}";
    ForwarderJson.Push push = ForwarderJson.push(json);
    assertEquals(1, push.receptions().size());
    assertEquals(5, push.damaged());
    assertEquals("{\"rxnb\":6}", push.statistics());
  }

  @Test
  void aWarningOfAGatewayIsNoRefusal() throws Exception {
    assertEquals("", ForwarderJson.refusal(""));
    assertEquals("", ForwarderJson.refusal("{\"txpk_ack\":{\"error\":\"NONE\"}}"));
    assertEquals("", ForwarderJson.refusal("{\"txpk_ack\":{\"warn\":\"TX_POWER\",\"value\":20}}"));
  }

  @Test
  void whatAGatewayIsToSend() {
    Transmission tx =
        new Transmission(532704, 868_100_000, Modulation.lora(7, 125), 14, new byte[] {1, 2});
    assertEquals(
        "{\"txpk\":{\"imme\":false,\"tmst\":532704,\"freq\":868.1,\"rfch\":0,\"powe\":14,"
            + "\"modu\":\"LORA\",\"datr\":\"SF7BW125\",\"codr\":\"4/5\",\"ipol\":true,\"prea\":8,"
            + "\"ncrc\":true,\"size\":2,\"data\":\"AQI=\"}}",
        ForwarderJson.response(tx));
  }
}
