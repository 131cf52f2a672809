package org.penstock.driver.lorawan.region;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.penstock.driver.lorawan.codec.Modulation;
import org.penstock.driver.lorawan.region.Region.Band;
import org.penstock.driver.lorawan.region.Region.Channel;

/** Reads regional parameters; the README says how a file is written. */
public final class RegionFile {

  private static final Pattern CHANNELS =
      Pattern.compile("(\\d{9,10})(?:\\+(\\d+)x(\\d{1,2}))?(?:@(\\d{1,2})-(\\d{1,2}))?");
  private static final Pattern BAND =
      Pattern.compile("(\\d{9,10})-(\\d{9,10}):([0-9.]+)%(?::(\\d{1,2}))?");
  private static final int RATES = 16;

  private final String where;
  private final Properties lines = new Properties();

  private RegionFile(String where, String text) {
    this.where = where;
    try {
      lines.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException malformed) {
      throw new IllegalArgumentException(where + " is malformed: " + malformed.getMessage());
    }
  }

  /**
   * A region by name: one of the user's files, or else one that comes with the driver.
   *
   * @param folder of the user's files, which need not exist
   * @throws IllegalArgumentException says which file and line is wrong, or that there is none
   */
  public static Region load(String name, Path folder) {
    if (!name.matches("[A-Za-z0-9-]{1,32}")) {
      throw new IllegalArgumentException("region '" + name + "' is no name of a region");
    }
    Path own = folder.resolve(name + ".properties");
    try {
      if (Files.isRegularFile(own)) {
        return parse(own.toString(), Files.readString(own));
      }
      try (InputStream in = RegionFile.class.getResourceAsStream(name + ".properties")) {
        if (in == null) {
          throw new IllegalArgumentException(
              "region '" + name + "' is not known; put its file into " + folder);
        }
        return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "region " + name + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a file's text.
   *
   * @param where stands in messages
   * @throws IllegalArgumentException says which line is wrong
   */
  public static Region parse(String where, String text) {
    return new RegionFile(where, text).region();
  }

  private Region region() {
    List<Modulation> rates = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    List<List<Integer>> rx1 = new ArrayList<>();
    for (int rate = 0; rate < RATES; rate++) {
      String key = "rate." + rate;
      rates.add(lines.containsKey(key) ? modulation(key) : null);
      sizes.add(lines.containsKey(key) ? number("size." + rate, 0, 242) : 0);
      rx1.add(numbers("rx1." + rate));
    }
    Region region =
        new Region(
            text("name"),
            channels("uplinks"),
            number("joining", 1, 72),
            lines.containsKey("downlinks") ? channels("downlinks") : List.of(),
            rates,
            rx1,
            number("rx2.hertz", 100_000_000, 2_000_000_000),
            number("rx2.rate", 0, RATES - 1),
            number("eirp.dbm", 0, 36),
            number("gateway.dbm", 0, 36),
            sizes,
            number("adr.rate", 0, RATES - 1),
            number("dwell.up.ms", 0, 10_000),
            bands());
    check(region);
    return region;
  }

  private void check(Region region) {
    List<Integer> used = new ArrayList<>(List.of(region.rx2Rate(), region.adrRate()));
    region.rx1().forEach(used::addAll);
    for (int rate : used) {
      if (rate < 0 || rate >= RATES || region.rates().get(rate) == null) {
        throw wrong("rate." + rate, "is used and missing");
      }
    }
    for (Channel channel : region.uplinks()) {
      for (int rate = channel.minRate(); rate <= channel.maxRate(); rate++) {
        if (region.rates().get(rate) != null && region.rx1().get(rate).isEmpty()) {
          throw wrong("rx1." + rate, "is missing");
        }
      }
    }
  }

  private List<Channel> channels(String key) {
    List<Channel> channels = new ArrayList<>();
    for (String part : text(key).split("\\s*,\\s*")) {
      Matcher m = CHANNELS.matcher(part);
      if (!m.matches()) {
        throw wrong(key, "has '" + part + "', must be <Hz>[+<step>x<count>][@<rate>-<rate>]");
      }
      int count = m.group(3) == null ? 1 : Integer.parseInt(m.group(3));
      for (int i = 0; i < count; i++) {
        long step = m.group(2) == null ? 0 : Long.parseLong(m.group(2));
        channels.add(
            new Channel(
                Math.toIntExact(Long.parseLong(m.group(1)) + i * step),
                m.group(4) == null ? 0 : Integer.parseInt(m.group(4)),
                m.group(5) == null ? 5 : Integer.parseInt(m.group(5))));
      }
    }
    return channels;
  }

  private List<Band> bands() {
    List<Band> bands = new ArrayList<>();
    for (String part : lines.getProperty("bands", "").split("\\s*,\\s*")) {
      Matcher m = BAND.matcher(part);
      if (m.matches()) {
        bands.add(
            new Band(
                Integer.parseInt(m.group(1)),
                Integer.parseInt(m.group(2)),
                Double.parseDouble(m.group(3)) / 100,
                m.group(4) == null ? number("gateway.dbm", 0, 36) : Integer.parseInt(m.group(4))));
      } else if (!part.isEmpty()) {
        throw wrong("bands", "has '" + part + "', must be <Hz>-<Hz>:<duty>%[:<dBm>]");
      }
    }
    return bands;
  }

  private Modulation modulation(String key) {
    try {
      return Modulation.parse(text(key));
    } catch (IllegalArgumentException unknown) {
      throw wrong(key, unknown.getMessage());
    }
  }

  private List<Integer> numbers(String key) {
    String text = lines.getProperty(key, "").strip();
    if (!text.matches("(\\d{1,2}(\\s*,\\s*\\d{1,2})*)?")) {
      throw wrong(key, "is '" + text + "', must be data rates separated by commas");
    }
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split("\\s*,\\s*")).map(Integer::valueOf).toList();
  }

  private int number(String key, int min, int max) {
    String text = text(key);
    if (!text.matches("\\d{1,10}") || Long.parseLong(text) < min || Long.parseLong(text) > max) {
      throw wrong(key, "is '" + text + "', must be " + min + " to " + max);
    }
    return Integer.parseInt(text);
  }

  private String text(String key) {
    String text = lines.getProperty(key, "").strip();
    if (text.isEmpty()) {
      throw wrong(key, "is missing");
    }
    return text;
  }

  private IllegalArgumentException wrong(String key, String problem) {
    return new IllegalArgumentException(where + ": " + key + " " + problem);
  }
}
