package org.penstock.driver.modbus.link;

import java.util.function.Consumer;

/** What a server does with requests. */
public interface ServerHandler {

  /**
   * A request came. Must not wait.
   *
   * @param unit id that was asked for
   * @param answer takes the answer's PDU, once, now or later, from any thread; not called when this unit
   *     id is another's
   */
  void request(int unit, byte[] pdu, Consumer<byte[]> answer);

  /** Whether requests to this unit id are answered. */
  boolean owns(int unit);
}
