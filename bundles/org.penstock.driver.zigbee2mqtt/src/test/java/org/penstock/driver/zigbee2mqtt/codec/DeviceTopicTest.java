package org.penstock.driver.zigbee2mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Without it "hall/lamp/availability" could be taken for a message of a device "hall". */
class DeviceTopicTest {

  private static final Set<String> NAMES = Set.of("hall", "hall/lamp", "a b");

  @Test
  void theLongestNameWins() {
    assertEquals(Optional.of(new DeviceTopic("hall/lamp", "")), DeviceTopic.of("hall/lamp", NAMES));
    assertEquals(
        Optional.of(new DeviceTopic("hall/lamp", "availability")),
        DeviceTopic.of("hall/lamp/availability", NAMES));
    assertEquals(
        Optional.of(new DeviceTopic("hall", "set/state")), DeviceTopic.of("hall/set/state", NAMES));
  }

  @Test
  void othersAreNobodys() {
    assertEquals(Optional.empty(), DeviceTopic.of("cellar", NAMES));
    assertEquals(Optional.empty(), DeviceTopic.of("bridge/info", NAMES));
  }
}
