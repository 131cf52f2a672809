package org.penstock.core.configuration;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Where the line between Kura's leniency and a clear answer runs. By default calls through Kura's
 * Java API are lenient and checks beside it strict. {@code penstock.compat.lenient} = true makes all
 * lenient, false all strict; a component's own property of that name comes before the framework's.
 */
final class Leniency {

  static final String KEY = "penstock.compat.lenient";

  private final Components components;
  private final Optional<Boolean> framework;

  /**
   * @param framework the framework's property; empty when it is not set
   */
  Leniency(Components components, String framework) {
    this.components = components;
    this.framework = value(framework);
  }

  private static Optional<Boolean> value(Object given) {
    String text = String.valueOf(given);
    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")
        ? Optional.of(Boolean.valueOf(text))
        : Optional.empty();
  }

  /** What was said for this component; empty when nothing was. */
  private Optional<Boolean> said(String pid, Map<String, Object> given) {
    return value(given.get(KEY)).or(() -> value(stored(pid))).or(() -> framework);
  }

  private Object stored(String pid) {
    try {
      return components.isKnown(pid)
          ? components.stored(pid).map(properties -> properties.get(KEY)).orElse(null)
          : null;
    } catch (IOException e) {
      return null; // the framework's word counts
    }
  }

  /** Checks beside Kura's API answer nothing. */
  boolean isWaived(String pid, Map<String, Object> given) {
    return said(pid, given).orElse(false);
  }

  /** Calls through Kura's API are checked, too. */
  boolean isStrict(String pid, Map<String, Object> given) {
    return !said(pid, given).orElse(true);
  }
}
