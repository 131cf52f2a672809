package org.penstock.console.rest;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotFoundException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.Password;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.configuration.ConfigurationCheck;
import org.penstock.api.configuration.Problem;

/**
 * Changes of one component at a time, checked before they are made, and refused when the component
 * is not as the caller saw it.
 */
@Component(service = ConfigurationEdits.class)
public final class ConfigurationEdits {

  private static final int TAG_BYTES = 8;
  private static final long SETTLE_NANOS = 2_000_000_000L;
  private static final long LOOK_NANOS = 10_000_000L;

  /** A change that is not made, with what is wrong. */
  static final class Faulty extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    Faulty(List<Problem> problems) {
      super(String.join("; ", problems.stream().map(Problem::text).toList()));
      this.problems = problems;
    }

    List<Problem> problems() {
      return problems;
    }
  }

  private final ConfigurationService configurations;
  private final ConfigurationCheck check;
  private final ReentrantLock editing = new ReentrantLock();

  /** Called by the component runtime. */
  @Activate
  public ConfigurationEdits(
      @Reference ConfigurationService configurations, @Reference ConfigurationCheck check) {
    this.configurations = configurations;
    this.check = check;
  }

  /** The component as it is. */
  ComponentConfiguration get(String pid) throws KuraException {
    ComponentConfiguration configuration = configurations.getComponentConfiguration(pid);
    if (configuration == null) {
      throw new NotFoundException("there is no component " + pid);
    }
    return configuration;
  }

  /** Stands for the component's whole configuration: another one has another tag. */
  static String tag(Map<String, Object> properties) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new TreeMap<>(properties)
          .forEach(
              (key, value) ->
                  digest.update((key + "=" + text(value) + "\n").getBytes(StandardCharsets.UTF_8)));
      return "\"" + HexFormat.of().formatHex(digest.digest(), 0, TAG_BYTES) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String text(Object value) {
    if (value instanceof Password password) {
      return "password " + password;
    }
    if (value != null && value.getClass().isArray()) {
      StringBuilder text = new StringBuilder(value.getClass().getSimpleName());
      for (int i = 0; i < Array.getLength(value); i++) {
        text.append(',').append(text(Array.get(value, i)));
      }
      return text.toString();
    }
    return value == null ? "" : value.getClass().getSimpleName() + " " + value;
  }

  /**
   * Changes a component and writes a snapshot.
   *
   * @param ifMatch tag of the configuration that the caller saw, {@code *}, or null
   * @param changes null stands for the default, or for removal where there is none
   * @param only to check, not to change
   * @return the tag afterwards
   */
  String change(String pid, String ifMatch, Map<String, Object> changes, boolean only)
      throws KuraException, Faulty {
    editing.lock();
    try {
      Map<String, Object> properties = properties(get(pid));
      match(pid, ifMatch, tag(properties));
      Map<String, Object> defaults = defaults(pid);
      Map<String, Object> given = new HashMap<>();
      changes.forEach(
          (key, value) -> {
            boolean ofChannel = key.indexOf('#') > 0; // gone with its channel, default and all
            Object now = value == null && !ofChannel ? defaults.get(key) : value;
            properties.put(key, now); // null clears the key
            if (now != null) {
              given.put(key, now);
            }
          });
      List<Problem> problems = check.check(pid, given);
      if (!problems.isEmpty()) {
        throw new Faulty(problems);
      }
      if (!only) {
        configurations.updateConfiguration(pid, properties);
        settle(pid, changes.keySet(), properties);
      }
      return tag(properties(get(pid)));
    } finally {
      editing.unlock();
    }
  }

  /** Waits until the component has taken the change, so that who reads next sees it; 2 s at most. */
  private void settle(String pid, Set<String> keys, Map<String, Object> wanted)
      throws KuraException {
    long end = System.nanoTime() + SETTLE_NANOS;
    while (System.nanoTime() < end) {
      Map<String, Object> now = properties(get(pid));
      if (keys.stream().allMatch(k -> text(now.get(k)).equals(text(wanted.get(k))))) {
        return;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static void match(String pid, String ifMatch, String tag) {
    if (ifMatch != null && !ifMatch.equals("*") && !ifMatch.contains(tag)) {
      throw new ClientErrorException(
          pid + " was changed meanwhile; read it again, and repeat your change", 412);
    }
  }

  private Map<String, Object> defaults(String pid) throws KuraException {
    ComponentConfiguration defaults = configurations.getDefaultComponentConfiguration(pid);
    return defaults == null ? Map.of() : properties(defaults);
  }

  static Map<String, Object> properties(ComponentConfiguration configuration) {
    Map<String, Object> properties = configuration.getConfigurationProperties();
    return properties == null ? new HashMap<>() : new HashMap<>(properties);
  }
}
