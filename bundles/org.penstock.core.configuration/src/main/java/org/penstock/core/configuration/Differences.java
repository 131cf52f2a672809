package org.penstock.core.configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.Password;
import org.penstock.api.configuration.Difference;
import org.penstock.api.configuration.Difference.Kind;

/** Compares two configurations by pid and key. Secrets are compared in clear and shown masked. */
final class Differences {

  private static final String MASK = "***";
  private static final int SHOWN = 500;

  private final List<Difference> found = new ArrayList<>();

  private Differences() {}

  /** Both with their passwords opened. */
  static List<Difference> between(
      List<ComponentConfiguration> before, List<ComponentConfiguration> after) {
    Map<String, Map<String, Object>> first = byPid(before);
    Map<String, Map<String, Object>> second = byPid(after);
    Differences differences = new Differences();
    for (String pid : union(first.keySet(), second.keySet())) {
      Map<String, Object> one = first.get(pid);
      Map<String, Object> two = second.get(pid);
      if (one == null || two == null) {
        differences.whole(pid, one, two);
      } else {
        differences.keys(pid, one, two);
      }
    }
    return List.copyOf(differences.found);
  }

  private static Map<String, Map<String, Object>> byPid(List<ComponentConfiguration> all) {
    Map<String, Map<String, Object>> byPid = new LinkedHashMap<>();
    all.forEach(one -> byPid.put(one.getPid(), one.getConfigurationProperties()));
    return byPid;
  }

  private static Set<String> union(Set<String> one, Set<String> two) {
    Set<String> all = new TreeSet<>(one);
    all.addAll(two);
    return all;
  }

  private void whole(String pid, Map<String, Object> one, Map<String, Object> two) {
    Kind kind = one == null ? Kind.ADDED : Kind.REMOVED;
    found.add(new Difference(pid, "", kindOf(one), kindOf(two), kind));
  }

  private static String kindOf(Map<String, Object> properties) {
    return properties == null
        ? ""
        : Objects.toString(properties.get(Keys.FACTORY_PID), "a singleton");
  }

  private void keys(String pid, Map<String, Object> one, Map<String, Object> two) {
    for (String key : union(one.keySet(), two.keySet())) {
      Object before = one.get(key);
      Object after = two.get(key);
      if (!key.equals(Keys.SERVICE_PID) && !same(before, after)) {
        Kind kind = before == null ? Kind.ADDED : after == null ? Kind.REMOVED : Kind.CHANGED;
        found.add(new Difference(pid, key, shown(before), shown(after), kind));
      }
    }
  }

  private static boolean same(Object before, Object after) {
    return Objects.deepEquals(comparable(before), comparable(after));
  }

  private static Object comparable(Object value) {
    Object normal = value == null ? null : ValueType.normal(value);
    if (normal instanceof Password one) {
      return List.of("password", new String(Secrets.chars(one)));
    }
    if (normal instanceof Password[] many) {
      return Arrays.stream(many).map(p -> new String(Secrets.chars(p))).toList();
    }
    return normal;
  }

  private static String shown(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Password || value instanceof Password[]) {
      return MASK;
    }
    Object normal = ValueType.normal(value);
    String text = normal instanceof Object[] many ? Arrays.toString(many) : normal.toString();
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
  }
}
