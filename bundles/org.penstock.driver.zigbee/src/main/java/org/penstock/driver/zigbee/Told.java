package org.penstock.driver.zigbee;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.penstock.driver.zigbee.codec.ZclValue;
import org.penstock.driver.zigbee.device.Attribute;

/** What devices told last. Any thread may call. */
final class Told {

  private final Map<Key, Value> values = new ConcurrentHashMap<>();

  /**
   * A value and when it came.
   *
   * @param millis of the epoch
   */
  record Value(ZclValue value, long millis) {}

  private record Key(long ieee, Attribute attribute) {}

  void put(long ieee, Attribute attribute, ZclValue value) {
    values.put(new Key(ieee, attribute), new Value(value, System.currentTimeMillis()));
  }

  Optional<Value> of(long ieee, Attribute attribute) {
    return Optional.ofNullable(values.get(new Key(ieee, attribute)));
  }
}
