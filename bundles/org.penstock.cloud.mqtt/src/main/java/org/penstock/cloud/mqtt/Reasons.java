package org.penstock.cloud.mqtt;

import java.util.Map;

/** Reason codes of MQTT 5 (section 2.4) in words. */
final class Reasons {

  static final int FIRST_FAILURE = 0x80;

  private static final Map<Integer, String> WORDS =
      Map.ofEntries(
          Map.entry(0x80, "refused without a reason"),
          Map.entry(0x81, "malformed packet"),
          Map.entry(0x82, "protocol error"),
          Map.entry(0x83, "the broker refuses this for a reason of its own"),
          Map.entry(0x84, "this version of MQTT is not supported"),
          Map.entry(0x85, "the client id is not valid"),
          Map.entry(0x86, "wrong user or password"),
          Map.entry(0x87, "not authorised"),
          Map.entry(0x88, "the broker is not available"),
          Map.entry(0x89, "the broker is busy"),
          Map.entry(0x8A, "this client is banned"),
          Map.entry(0x8B, "the broker shuts down"),
          Map.entry(0x8C, "wrong authentication method"),
          Map.entry(0x8D, "the broker heard nothing within the keep-alive"),
          Map.entry(0x8E, "another connection with the same client id took over"),
          Map.entry(0x8F, "the topic filter is not valid"),
          Map.entry(0x90, "the topic is not accepted"),
          Map.entry(0x93, "more messages in flight than the broker takes"),
          Map.entry(0x94, "topic alias not valid"),
          Map.entry(0x95, "the message is larger than the broker takes"),
          Map.entry(0x96, "more messages a second than the broker takes"),
          Map.entry(0x97, "a quota of the broker is used up"),
          Map.entry(0x98, "an administrator of the broker ended the connection"),
          Map.entry(0x99, "the payload is not in the announced form"),
          Map.entry(0x9A, "the broker keeps no retained messages"),
          Map.entry(0x9B, "the broker does not do this QoS"),
          Map.entry(0x9C, "use another server"),
          Map.entry(0x9D, "the server has moved"),
          Map.entry(0x9E, "shared subscriptions are not supported"),
          Map.entry(0x9F, "more connections a second than the broker takes"),
          Map.entry(0xA0, "connected for as long as the broker allows"),
          Map.entry(0xA1, "subscription identifiers are not supported"),
          Map.entry(0xA2, "wildcards are not supported"));

  private Reasons() {}

  /** What a code means; empty when it is no failure of the broker's. */
  static String words(int code) {
    return WORDS.getOrDefault(code, "");
  }
}
