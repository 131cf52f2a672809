package org.penstock.driver.lorawan.codec;

import java.util.Optional;

/** How a network server speaks over MQTT. Pure. */
public interface RemoteDialect {

  /** What is to be subscribed. */
  String filter();

  /**
   * What a message says; empty when it is nothing that matters here.
   *
   * @throws FrameException says what is wrong with it
   */
  Optional<RemoteEvent> parse(String topic, byte[] payload) throws FrameException;

  /**
   * Data for a device.
   *
   * @param id comes back with what becomes of it
   * @param port FPort 1 to 223
   * @param bytes null when that server is to encode a field
   * @param field with dots for members; null with bytes
   * @param expires epoch milliseconds
   */
  record Order(
      RemoteEvent.Who to,
      String id,
      int port,
      boolean confirmed,
      byte[] bytes,
      String field,
      Object value,
      long expires) {}

  /** To be published. */
  record Message(String topic, String payload) {}

  /** An order as a message. */
  Message order(Order order);
}
