package org.penstock.driver.zigbee2mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.kura.type.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without it a device's values could be missing, or bear a name that its messages do not. */
class BridgeDevicesTest {

  static List<BridgeDevice> plant() throws IOException {
    try (var in = BridgeDevicesTest.class.getResourceAsStream("/devices.json")) {
      return BridgeDevices.parse(in.readAllBytes());
    }
  }

  @Test
  void theCoordinatorAndDisabledDevicesAreNoDevicesOfThePlant() throws IOException {
    assertEquals(
        List.of("cold store/probe", "lamp", "oddity"),
        plant().stream().map(BridgeDevice::name).toList());
  }

  @Test
  void addressesAreInLowerCase() throws IOException {
    assertEquals("0x00158d0001dc126a", plant().get(0).ieee());
  }

  @Test
  void featuresOfALightLieBesideItAndThoseOfACompositeWithinIt() throws IOException {
    assertEquals(
        List.of("state", "brightness", "color.x", "color.y", "effect", "execute_if_off"),
        plant().get(1).paths());
  }

  @Test
  void accessBitsAreRead() throws IOException {
    BridgeDevice lamp = plant().get(1);
    Exposed effect = lamp.find("effect").orElseThrow();
    assertTrue(effect.settable() && !effect.published() && !effect.gettable());
    assertTrue(lamp.find("state").orElseThrow().gettable());
    assertEquals(DataType.DOUBLE, lamp.find("brightness").orElseThrow().type());
  }

  @Test
  void anUnknownModelMayHaveAnyValueAndAKnownOneOnlyItsOwn() throws IOException {
    assertTrue(plant().get(2).find("whatever").isPresent());
    assertFalse(plant().get(1).find("whatever").isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[", "null", "7", "<html>"})
  void whatIsNoListIsRefused(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    assertThrows(IllegalArgumentException.class, () -> BridgeDevices.parse(payload));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[7]",
        "[{}]",
        "[{\"ieee_address\":\"0x01\"}]",
        "[{\"ieee_address\":\"0x01\",\"friendly_name\":null}]"
      })
  void entriesThatAreNoDeviceAreLeftOut(String text) {
    assertEquals(List.of(), BridgeDevices.parse(text.getBytes(StandardCharsets.UTF_8)));
  }
}
