package org.penstock.core.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.core.configuration.metatype.Tocd;
import org.penstock.api.configuration.Problem;

/**
 * Single values from environment variables: {@code PENSTOCK_CONFIG__<PID>__<KEY>=value}, pid and key
 * in capitals with _ for all that is no letter or digit; or exactly, {@code PENSTOCK_SET_<ANY>=<pid>
 * <key>=<value>}.
 */
final class Overrides {

  private static final String MATCHED = "PENSTOCK_CONFIG__";
  private static final String EXACT = "PENSTOCK_SET_";

  private final Map<String, String> environment;
  private final Definitions definitions;
  private final List<Problem> complaints = new ArrayList<>();

  Overrides(Map<String, String> environment, Definitions definitions) {
    this.environment = new TreeMap<>(environment);
    this.definitions = definitions;
  }

  /** What names nothing, in words. */
  List<Problem> complaints() {
    return complaints;
  }

  /**
   * The values by pid and key.
   *
   * @param now the configuration so far, by pid
   */
  Map<String, Map<String, Object>> on(Map<String, Map<String, Object>> now) {
    Map<String, Map<String, Object>> given = new LinkedHashMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(MATCHED)) {
            matched(name, value, now, given);
          } else if (name.startsWith(EXACT)) {
            exact(name, value, now, given);
          }
        });
    return given;
  }

  private void exact(
      String name,
      String text,
      Map<String, Map<String, Object>> now,
      Map<String, Map<String, Object>> given) {
    int blank = text.indexOf(' ');
    int equals = text.indexOf('=', blank + 1);
    if (blank < 1 || equals < blank + 2) {
      complaints.add(new Problem("", name, "", "write '<pid> <key>=<value>'"));
      return;
    }
    String pid = text.substring(0, blank);
    put(
        name,
        pid,
        text.substring(blank + 1, equals),
        text.substring(equals + 1),
        now.getOrDefault(pid, Map.of()),
        given);
  }

  private void matched(
      String name,
      String text,
      Map<String, Map<String, Object>> now,
      Map<String, Map<String, Object>> given) {
    for (Map.Entry<String, Map<String, Object>> one : now.entrySet()) {
      String begin = MATCHED + capitals(one.getKey()) + "__";
      if (!name.startsWith(begin)) {
        continue;
      }
      String wanted = name.substring(begin.length());
      Optional<String> key =
          keys(one.getKey(), one.getValue()).stream()
              .filter(k -> capitals(k).equals(wanted))
              .findFirst();
      if (key.isPresent()) {
        put(name, one.getKey(), key.get(), text, one.getValue(), given);
        return;
      }
    }
    String advice =
        "names no component and key of the seed or fragments; correct it, or write "
            + EXACT
            + "X='<pid> <key>=<value>'";
    complaints.add(new Problem("", name, "", advice));
  }

  private List<String> keys(String pid, Map<String, Object> properties) {
    List<String> keys = new ArrayList<>(properties.keySet());
    definition(pid, properties).ifPresent(ocd -> ocd.getAD().forEach(ad -> keys.add(ad.getId())));
    return keys;
  }

  private Optional<Tocd> definition(String pid, Map<String, Object> properties) {
    Object factory = properties.get(Keys.FACTORY_PID);
    return factory instanceof String text ? definitions.factory(text) : definitions.singleton(pid);
  }

  private static String capitals(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  private void put(
      String name,
      String pid,
      String key,
      String text,
      Map<String, Object> properties,
      Map<String, Map<String, Object>> given) {
    try {
      Object value = value(pid, key, text, properties);
      given.computeIfAbsent(pid, p -> new LinkedHashMap<>()).put(key, value);
    } catch (IllegalArgumentException e) {
      String why = "the value does not fit " + pid + ", " + key + ": " + e.getMessage();
      complaints.add(new Problem("", name, "", why));
    }
  }

  /** By the type of the value that is there, else of the definition, else a text. */
  private Object value(String pid, String key, String text, Map<String, Object> properties) {
    Object before = properties.get(key);
    AD attribute =
        definition(pid, properties).stream()
            .flatMap(ocd -> ocd.getAD().stream())
            .filter(ad -> ad.getId().equals(key))
            .findFirst()
            .orElse(null);
    ValueType type =
        before != null
            ? ValueType.of(before).orElse(ValueType.STRING)
            : attribute == null ? ValueType.STRING : ValueType.of(attribute.getType());
    boolean many =
        before != null
            ? before instanceof Object[]
            : attribute != null && !Defaults.isSingle(attribute);
    if (!many) {
      return type.parse(text);
    }
    return type.array(Defaults.split(text).stream().map(type::parse).toList());
  }

  /** Equal values, secrets by their clear text. */
  static boolean same(Object one, Object other, Secrets secrets) {
    return Objects.deepEquals(comparable(one, secrets), comparable(other, secrets));
  }

  private static Object comparable(Object value, Secrets secrets) {
    if (value instanceof Password password) {
      String text = new String(Secrets.chars(password));
      return List.of("password", secrets.decrypt(text).orElse(text));
    }
    return value == null ? null : ValueType.normal(value);
  }
}
