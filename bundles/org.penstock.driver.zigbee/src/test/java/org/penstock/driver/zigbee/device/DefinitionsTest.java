package org.penstock.driver.zigbee.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices' channels by data. */
final class DefinitionsTest {

  @TempDir private Path folder;

  /** If deleted: a device could be offered channels that it lacks, or not those that it has. */
  @Test
  void channelsAreThoseOfTheDevicesClusters() throws Exception {
    Map<String, Map<String, String>> channels =
        Definitions.load(folder).channels(device("TH01", 1026, 1029));
    assertEquals(Set.of("temperature", "humidity"), channels.keySet());
    assertEquals("0.01", channels.get("temperature").get("scale"));
    assertEquals("0x00158d0001dc126a", channels.get("temperature").get("device"));
  }

  /** If deleted: a user could not add or correct a device without Java. */
  @Test
  void fileOfAUserTakesThePlaceOfTheGeneralChannel() throws Exception {
    Files.writeString(
        folder.resolve("odd.json"),
        """
        [{"models": ["TH01"], "channels": [
          {"name": "temperature", "cluster": 1026, "attribute": 0, "scale": 0.1, "type": "DOUBLE"},
          {"name": "mode", "cluster": 1026, "attribute": 61440, "manufacturer": 4447, "type": "INTEGER"}]}]
        """);
    Definitions definitions = Definitions.load(folder);
    Map<String, Map<String, String>> odd = definitions.channels(device("TH01", 1026));
    assertEquals("0.1", odd.get("temperature").get("scale"));
    assertEquals("4447", odd.get("mode").get("manufacturer"));
    assertEquals(
        "0.01", definitions.channels(device("other", 1026)).get("temperature").get("scale"));
  }

  /** If deleted: a damaged file could be passed over in silence. */
  @Test
  void damagedFileIsNamed() throws Exception {
    Files.writeString(folder.resolve("bad.json"), "[{\"channels\": [{\"cluster\": 6}]}]");
    IOException named = assertThrows(IOException.class, () -> Definitions.load(folder));
    assertTrue(named.getMessage().contains("bad.json"), named.getMessage());
  }

  private static Device device(String model, Integer... inputs) {
    return Device.announced(0x00158d0001dc126aL, 1, 0x80)
        .told(
            "maker", model, List.of(new Device.Endpoint(1, 0x104, 0, List.of(inputs), List.of())));
  }
}
