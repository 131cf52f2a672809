package org.penstock.driver.lorawan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.penstock.driver.lorawan.codec.AesKey;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.server.DeviceConfig;

/** The devices of a configuration: what everybody may see in one text, the keys in another. */
record DeviceList(List<DeviceConfig> devices, List<String> problems) {

  private static final Pattern OPTION =
      Pattern.compile("(abp|join|class|adr|codec|mac|profile)=(\\S+)");

  private static final String PROFILE = "profile";

  /**
   * Reads both texts; a wrong line costs its own device only.
   *
   * @param text lines {@code <DevEUI> <name> [abp=..] [join=..] [class=A|C] [adr=..] [codec=..] [mac=..]
   *     [profile=..]}, and {@code profile <name> [class=..] ..} whose words hold for the devices that name it
   * @param secrets lines {@code <DevEUI> <AppKey>} or {@code <DevEUI> <NwkSKey> <AppSKey>}
   */
  static DeviceList parse(String text, String secrets) {
    List<String> problems = new ArrayList<>();
    Map<Eui, List<AesKey>> keys = new HashMap<>();
    lines(
        secrets,
        "keys",
        problems,
        words -> {
          List<AesKey> of = new ArrayList<>();
          for (int i = 1; i < words.length; i++) {
            of.add(AesKey.parse(words[i]));
          }
          keys.put(Eui.parse(words[0]), of);
        });
    Map<String, Map<String, String>> profiles = new HashMap<>();
    List<DeviceConfig> devices = new ArrayList<>();
    Set<Eui> seen = new HashSet<>();
    lines(
        text,
        "devices",
        problems,
        words -> {
          if (words[0].equals(PROFILE)) {
            profile(profiles, words);
            return;
          }
          DeviceConfig device = device(words, keys, profiles);
          if (!seen.add(device.devEui())) {
            throw new IllegalArgumentException(device.devEui() + " stands there twice");
          }
          devices.add(device);
        });
    return new DeviceList(List.copyOf(devices), List.copyOf(problems));
  }

  private interface Reader {
    void read(String... words);
  }

  private record Line(int number, List<String> words) {

    boolean isProfile() {
      return words.get(0).equals(PROFILE);
    }
  }

  /** Profiles first: devices name them, in whatever order the text has both. */
  private static void lines(String text, String what, List<String> problems, Reader reader) {
    List<Line> lines = new ArrayList<>();
    String[] all = text.split("[\\r\\n;]+");
    for (int i = 0; i < all.length; i++) {
      String line = all[i].strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        lines.add(new Line(i + 1, List.of(line.split("\\s+"))));
      }
    }
    lines.sort(Comparator.comparing(Line::isProfile).reversed());
    for (Line line : lines) {
      try {
        reader.read(line.words().toArray(String[]::new));
      } catch (IllegalArgumentException wrong) {
        problems.add(what + " line " + line.number() + ": " + wrong.getMessage());
      }
    }
  }

  private static void profile(Map<String, Map<String, String>> profiles, String... words) {
    if (words.length < 2) {
      throw new IllegalArgumentException("a profile needs a name");
    }
    Map<String, String> options = options(words);
    for (String own : List.of("abp", PROFILE)) {
      if (options.containsKey(own)) {
        throw new IllegalArgumentException("a profile can't have " + own + '=');
      }
    }
    if (profiles.putIfAbsent(words[1], options) != null) {
      throw new IllegalArgumentException("profile " + words[1] + " stands there twice");
    }
  }

  private static Map<String, String> options(String... words) {
    Map<String, String> options = new HashMap<>();
    for (int i = 2; i < words.length; i++) {
      Matcher option = OPTION.matcher(words[i]);
      if (!option.matches()) {
        throw new IllegalArgumentException(
            "'" + words[i] + "' must be abp=, join=, class=, adr=, codec=, mac= or profile=");
      }
      options.put(option.group(1), option.group(2));
    }
    return options;
  }

  /** A device's words, and those of its profile where it has none of its own. */
  private static Map<String, String> all(
      Map<String, String> own, Map<String, Map<String, String>> profiles) {
    String name = own.get(PROFILE);
    if (name == null) {
      return own;
    }
    if (!profiles.containsKey(name)) {
      throw new IllegalArgumentException("there is no profile " + name);
    }
    Map<String, String> all = new HashMap<>(profiles.get(name));
    all.putAll(own);
    return all;
  }

  private static DeviceConfig device(
      String[] words, Map<Eui, List<AesKey>> keys, Map<String, Map<String, String>> profiles) {
    Eui eui = Eui.parse(words[0]);
    Map<String, String> options = all(options(words), profiles);
    boolean abp = options.containsKey("abp");
    List<AesKey> own = keys.getOrDefault(eui, List.of());
    if (own.size() != (abp ? 2 : 1)) {
      throw new IllegalArgumentException(
          eui + " needs " + (abp ? "NwkSKey and AppSKey" : "its AppKey") + " among the keys");
    }
    String klass = options.getOrDefault("class", "A").toUpperCase(Locale.ROOT);
    if (!klass.matches("[AC]")) {
      throw new IllegalArgumentException("class " + klass + " is not served, only A and C");
    }
    String version = options.getOrDefault("mac", "1.0.3");
    if (!version.matches("1\\.0\\.[0-4]")) {
      throw new IllegalArgumentException("mac " + version + " is not served, only 1.0.0 to 1.0.4");
    }
    String join = options.get("join");
    return new DeviceConfig(
        eui,
        words.length > 1 ? words[1] : eui.toString(),
        join == null ? null : Eui.parse(join),
        abp ? null : own.get(0),
        abp ? address(options.get("abp")) : 0,
        abp ? own.get(0) : null,
        abp ? own.get(1) : null,
        klass.equals("C"),
        !options.getOrDefault("adr", "true").equals("false"),
        version.endsWith("4"),
        options.getOrDefault("codec", "raw"));
  }

  private static int address(String text) {
    if (!text.matches("[0-9a-fA-F]{8}")) {
      throw new IllegalArgumentException("'" + text + "' is no DevAddr of 8 hexadecimal digits");
    }
    return HexFormat.fromHexDigits(text);
  }
}
