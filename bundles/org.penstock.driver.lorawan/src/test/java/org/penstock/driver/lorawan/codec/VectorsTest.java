package org.penstock.driver.lorawan.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.penstock.driver.lorawan.codec.Vectors.Vector;

/**
 * Frames, signatures, ciphers and keys against vectors of others. If deleted: a device of any maker
 * could be misunderstood, or a forged frame believed.
 */
class VectorsTest {

  private static final HexFormat HEX = HexFormat.of();

  static List<Vector> cmac() {
    return Vectors.of("aes-cmac");
  }

  @ParameterizedTest
  @MethodSource("cmac")
  void cmacOfRfc4493(Vector v) {
    assertEquals(v.out().get("tag"), HEX.formatHex(v.key("key").cmac(v.bytes("msg"))));
  }

  static Stream<Vector> data() {
    return Vectors.of("data-").stream();
  }

  @ParameterizedTest
  @MethodSource("data")
  void dataIsTakenApartVerifiedAndDeciphered(Vector v) throws FrameException {
    DataFrame frame = (DataFrame) PhyPayload.parse(v.bytes("phy"));
    long last = Long.parseLong(v.in().getOrDefault("previousFCnt", "-1"));
    long whole = FrameCounter.whole(last, frame.counter());
    assertEquals(Long.parseLong(v.out().get("fCnt")), whole);
    boolean valid = !"false".equals(v.out().get("micValid"));
    assertEquals(valid, frame.signedBy(v.key("nwkSKey"), (int) whole));
    if (v.out().containsKey("devAddr")) {
      assertEquals(v.out().get("devAddr"), HEX.toHexDigits(frame.devAddr()));
      int control = Integer.parseInt(v.out().get("fCtrl"), 16);
      assertEquals(control, frame.flags() | frame.options().length);
      assertEquals(v.out().get("fOpts"), HEX.formatHex(frame.options()));
      assertEquals(Integer.parseInt(v.out().get("fPort")), frame.port());
    }
    if (v.in().containsKey("appSKey") || frame.port() == 0) {
      AesKey key = v.key(frame.port() == 0 ? "nwkSKey" : "appSKey");
      byte[] clear = frame.deciphered(key, (int) whole);
      assertEquals(v.out().get("plain"), HEX.formatHex(clear));
      DataFrame again =
          new DataFrame(
              frame.type(),
              frame.devAddr(),
              frame.flags(),
              frame.counter(),
              frame.options(),
              frame.port(),
              clear,
              0);
      assertArrayEquals(v.bytes("phy"), again.encode(v.key("nwkSKey"), key, (int) whole));
    }
  }

  static Stream<Vector> joinRequests() {
    return Vectors.of("join-request").stream();
  }

  @ParameterizedTest
  @MethodSource("joinRequests")
  void joinRequest(Vector v) throws FrameException {
    JoinRequest join = (JoinRequest) PhyPayload.parse(v.bytes("phy"));
    assertEquals(v.out().get("joinEui"), join.joinEui().toString());
    assertEquals(v.out().get("devEui"), join.devEui().toString());
    assertEquals(Integer.parseInt(v.out().get("devNonce")), join.devNonce());
    boolean valid = Boolean.parseBoolean(v.out().get("micValid"));
    assertEquals(valid, join.signedBy(v.key("appKey")));
    if (valid) {
      assertArrayEquals(
          v.bytes("phy"),
          JoinRequest.encode(join.joinEui(), join.devEui(), join.devNonce(), v.key("appKey")));
    }
  }

  static Stream<Vector> joinAccepts() {
    return Vectors.of("join-accept").stream();
  }

  @ParameterizedTest
  @MethodSource("joinAccepts")
  void joinAccept(Vector v) throws FrameException {
    AesKey key = v.key("appKey");
    byte[] air = v.in().containsKey("phy") ? v.bytes("phy") : enciphered(v.bytes("clear"), key);
    JoinAccept accept = JoinAccept.decode(air, key);
    assertEquals(Integer.parseInt(v.out().get("joinNonce"), 16), accept.joinNonce());
    assertEquals(Integer.parseInt(v.out().get("netId"), 16), accept.netId());
    assertEquals(v.out().get("devAddr"), HEX.toHexDigits(accept.devAddr()));
    assertEquals(
        Integer.parseInt(v.out().get("dlSettings"), 16),
        accept.rx1Offset() << 4 | accept.rx2DataRate());
    assertArrayEquals(air, accept.encode(key));
    assertThrows(FrameException.class, () -> JoinAccept.decode(air, AesKey.parse("7".repeat(32))));
  }

  private static byte[] enciphered(byte[] clear, AesKey key) {
    byte[] body = key.decrypt(java.util.Arrays.copyOfRange(clear, 1, clear.length));
    byte[] air = clear.clone();
    System.arraycopy(body, 0, air, 1, body.length);
    return air;
  }

  @Test
  void sessionKeys() {
    Vector v = Vectors.of("session keys").get(0); // the row of 1.0.x; that of 1.1 is no oracle
    int joinNonce = Integer.parseInt(v.in().get("joinNonce"), 16);
    int netId = Integer.parseInt(v.in().get("netId"), 16);
    int devNonce = Integer.parseInt(v.in().get("devNonce").substring(0, 4), 16);
    for (int purpose = 1; purpose <= 2; purpose++) {
      AesKey key = FrameCrypto.sessionKey(v.key("appKey"), purpose, joinNonce, netId, devNonce);
      assertEquals(AesKey.parse(v.out().get(purpose == 1 ? "nwkSKey" : "appSKey")), key);
    }
  }

  @Test
  void multicastKeys() {
    Vector v = Vectors.of("multicast").get(0);
    int address = Integer.parseInt(v.in().get("mcAddr"), 16);
    assertEquals(
        AesKey.parse(v.out().get("mcAppSKey")),
        FrameCrypto.multicastKey(v.key("mcKey"), 1, address));
    assertEquals(
        AesKey.parse(v.out().get("mcNwkSKey")),
        FrameCrypto.multicastKey(v.key("mcKey"), 2, address));
  }

  static Stream<Vector> airTimes() {
    return Vectors.of("airtime").stream();
  }

  @ParameterizedTest
  @MethodSource("airTimes")
  void airTime(Vector v) {
    String bytes = v.in().getOrDefault("phyPayloadBytes", v.in().get("payloadBytes"));
    long micros =
        AirTime.lora(
            Integer.parseInt(bytes),
            Integer.parseInt(v.in().get("sf")),
            Integer.parseInt(v.in().get("bwKHz")),
            true,
            v.in().get("lowDataRateOptimize").equals("on"));
    assertEquals(Math.round(Double.parseDouble(v.out().get("ms")) * 1000), micros);
  }

  @Test
  void semtechDatagrams() throws FrameException {
    List<Vector> all = Vectors.of("semtech-udp");
    Vector push = all.get(0);
    Datagram datagram = Datagram.parse(push.bytes("datagram"));
    assertEquals(push.out().get("gatewayEui"), datagram.gateway().toString());
    assertEquals(push.out().get("json"), datagram.json());
    assertEquals(
        push.out().get("reply PUSH_ACK"), HEX.formatHex(datagram.acknowledgement().encode()));
    assertArrayEquals(push.bytes("datagram"), datagram.encode());
    Reception heard = ForwarderJson.push(datagram.json()).receptions().get(0);
    assertEquals(3512348611L, heard.micros());
    assertEquals(868_100_000, heard.hertz());
    assertEquals(Modulation.lora(7, 125), heard.modulation());
    assertEquals(-35, heard.rssi());
    assertEquals(5.1, heard.snr());
    assertEquals("40f17dbe4900020001954378762b11ff0d", HEX.formatHex(heard.bytes()));
    Datagram pull = Datagram.parse(all.get(1).bytes("datagram"));
    assertEquals(
        all.get(1).out().get("reply PULL_ACK"), HEX.formatHex(pull.acknowledgement().encode()));
    Datagram acknowledged = Datagram.parse(all.get(2).bytes("datagram"));
    assertEquals(0xbeef, acknowledged.token());
    assertEquals("TOO_LATE", ForwarderJson.refusal(acknowledged.json()));
  }

  @Test
  void base64MayLackItsPadding() throws FrameException {
    Vector v = Vectors.of("semtech-udp rxpk.data").get(0);
    String json =
        "{\"rxpk\":[{\"tmst\":0,\"freq\":868.1,\"datr\":\"SF7BW125\",\"data\":\""
            + v.in().get("data")
            + "\"}]}";
    assertEquals(
        v.out().get("phy"), HEX.formatHex(ForwarderJson.push(json).receptions().get(0).bytes()));
  }

  @Test
  void theGatewaysClockWraps() {
    Vector v = Vectors.of("tmst wrap").get(0);
    assertEquals(
        Long.parseLong(v.out().get("txTmst")),
        Transmission.after(
            Long.parseLong(v.in().get("rxTmst")), Long.parseLong(v.in().get("rx1DelayUs"))));
  }

  /** Without it a row could stand in the table that nobody looks at. */
  @Test
  void everyRowIsUsedButThoseThatAreNamedHere() {
    List<String> used =
        List.of(
            "aes-cmac",
            "data-",
            "join-request",
            "join-accept",
            "session keys",
            "multicast",
            "airtime",
            "semtech-udp",
            "tmst wrap",
            "cayenne-lpp"); // by the payloads' test
    // Keys of 1.1 are refused here; ChirpStack's protobuf is not read.
    List<String> unused = List.of("V39", "V47");
    assertTrue(
        Vectors.of("").stream()
            .filter(v -> used.stream().noneMatch(v.kind()::startsWith))
            .allMatch(v -> unused.contains(v.id())));
  }
}
