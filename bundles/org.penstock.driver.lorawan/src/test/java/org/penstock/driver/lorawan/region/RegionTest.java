package org.penstock.driver.lorawan.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.driver.lorawan.codec.MacCommand;
import org.penstock.driver.lorawan.codec.Modulation;

/** Facts of RP002-1.0.3. If deleted: answers could be sent where no device listens, or be illegal. */
class RegionTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"EU868", "US915", "AU915", "AS923-1", "AS923-2", "AS923-3", "AS923-4", "IN865"})
  void everyRegionIsComplete(String name) {
    Region region = RegionFile.load(name, folder);
    assertEquals(name, region.name());
    for (Region.Channel channel : region.uplinks()) {
      for (int rate = channel.minRate(); rate <= channel.maxRate(); rate++) {
        for (int offset = 0; offset < 6; offset++) {
          Region.Window window = region.rx1(channel.hertz(), rate, offset);
          assertTrue(region.rates().get(window.rate()) != null);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EU868, 868300000, 5, 0, 868300000, 5",
    "EU868, 868300000, 2, 5, 868300000, 0",
    "US915, 902300000, 0, 0, 923300000, 10",
    "US915, 903900000, 3, 0, 923300000, 13",
    "US915, 914900000, 3, 2, 927500000, 11",
    "US915, 904600000, 4, 3, 923900000, 11",
    "AU915, 915200000, 0, 0, 923300000, 8",
    "AU915, 927800000, 5, 1, 927500000, 12",
    "AS923-1, 923200000, 0, 0, 923200000, 2",
    "AS923-2, 921400000, 5, 1, 921400000, 4",
    "AS923-3, 916600000, 3, 6, 916600000, 4",
    "IN865, 865062500, 4, 7, 865062500, 5",
    "IN865, 865062500, 4, 5, 865062500, 0"
  })
  void firstWindow(String name, int hertz, int rate, int offset, int down, int downRate) {
    Region region = RegionFile.load(name, folder);
    assertEquals(new Region.Window(down, downRate), region.rx1(hertz, rate, offset));
  }

  @ParameterizedTest
  @CsvSource({
    "EU868, 869525000, SF12BW125, 51, 16",
    "US915, 923300000, SF12BW500, 53, 30",
    "AU915, 923300000, SF12BW500, 53, 30",
    "AS923-1, 923200000, SF10BW125, 11, 16",
    "AS923-2, 921400000, SF10BW125, 11, 16",
    "AS923-3, 916600000, SF10BW125, 11, 16",
    "AS923-4, 917300000, SF10BW125, 11, 16",
    "IN865, 866550000, SF10BW125, 51, 30"
  })
  void secondWindow(String name, int hertz, String rate, int size, int eirp) {
    Region region = RegionFile.load(name, folder);
    assertEquals(hertz, region.rx2Hertz());
    assertEquals(Modulation.parse(rate), region.rates().get(region.rx2Rate()));
    assertEquals(size, region.room(region.rx2Rate(), 0));
    assertEquals(eirp, region.eirp());
  }

  @ParameterizedTest
  @CsvSource({
    "865500000, 0.01, 14",
    "868100000, 0.01, 14",
    "868800000, 0.001, 14",
    "869525000, 0.1, 27",
    "869800000, 0.01, 14"
  })
  void europesBands(int hertz, double duty, int power) {
    Region.Band band = RegionFile.load("EU868", folder).band(hertz);
    assertEquals(duty, band.duty(), 1e-9);
    assertEquals(power, band.power());
  }

  @Test
  void listOfMoreChannels() {
    assertEquals(
        "184f84e85684b85e8488668458" + "6e8400",
        HexFormat.of().formatHex(RegionFile.load("EU868", folder).cfList(0)));
    assertEquals(
        "00ff000000000000" + "0200000000000001",
        HexFormat.of().formatHex(RegionFile.load("US915", folder).cfList(2)));
    assertEquals(0, RegionFile.load("IN865", folder).cfList(0).length);
  }

  @Test
  void commandsOfAdr() {
    Region us = RegionFile.load("US915", folder);
    assertEquals(
        "035202007103" + "5200ff01",
        HexFormat.of().formatHex(MacCommand.encode(us.adr(5, 2, 1, 2))));
    Region eu = RegionFile.load("EU868", folder);
    assertEquals("0352ff0001", HexFormat.of().formatHex(MacCommand.encode(eu.adr(5, 2, 1, 0))));
  }

  /** If deleted: a region of the user's own could not be added, or replace one of ours. */
  @Test
  void aFileAddsARegion() throws IOException {
    String text =
        """
        name=RU864
        uplinks=868900000,869100000
        joining=2
        rate.0=SF12BW125
        size.0=51
        rx1.0=0
        rx2.hertz=869100000
        rx2.rate=0
        eirp.dbm=16
        gateway.dbm=14
        adr.rate=0
        dwell.up.ms=0
        """;
    Files.writeString(folder.resolve("RU864.properties"), text);
    Region region = RegionFile.load("RU864", folder);
    assertEquals(868_900_000, region.uplinks().get(0).hertz());
    Files.writeString(folder.resolve("RU864.properties"), text.replace("rx2.rate=0", "rx2.rate=3"));
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> RegionFile.load("RU864", folder));
    assertTrue(wrong.getMessage().contains("rate.3 is used and missing"), wrong.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"XX1, is not known", "../EU868, no name of a region"})
  void anUnknownRegionIsRefusedInWords(String name, String reason) {
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> RegionFile.load(name, folder));
    assertTrue(wrong.getMessage().contains(reason), wrong.getMessage());
  }
}
