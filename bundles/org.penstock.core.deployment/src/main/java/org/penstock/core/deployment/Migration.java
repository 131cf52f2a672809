package org.penstock.core.deployment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * How configurations that a version before left become those of the version in the package. One statement
 * a line; empty lines and those that begin with # do not count:
 *
 * <pre>
 * from [1.0,2.0)               versions before that it is for; the first statement
 * factory org.example.Driver   the statements that follow are for the instances of this factory
 * rename port tcp.port         the value moves to another key, where it is
 * remove legacy                the key goes
 * default mode fast            the key gets this text where it has no value
 * </pre>
 *
 * @param from versions that it is for
 * @param steps in order
 */
record Migration(VersionRange from, List<Step> steps) {

  /** What is done. */
  enum Verb {
    RENAME,
    REMOVE,
    DEFAULT
  }

  /** One statement. */
  record Step(String factory, Verb verb, String key, String argument) {}

  private static final String FACTORY = "service.factoryPid";

  Migration {
    steps = List.copyOf(steps);
  }

  /** The text begins as a migration does. */
  static boolean is(String text) {
    return statements(text).stream().findFirst().filter(one -> one[0].equals("from")).isPresent();
  }

  /** Reads it; a statement that is none is named. */
  static Migration parse(String file, String text) throws Refusal {
    VersionRange from = null;
    String factory = "";
    List<Step> steps = new ArrayList<>();
    for (String[] words : statements(text)) {
      String line = String.join(" ", words);
      if (words[0].equals("from") && words.length == 2 && from == null) {
        from = range(file, line, words[1]);
      } else if (words[0].equals("factory") && words.length == 2 && from != null) {
        factory = words[1];
      } else if (!factory.isEmpty()) {
        steps.add(step(file, line, factory, words));
      } else {
        throw new Refusal(
            file + ": the migration says '" + line + "' before it says from and factory");
      }
    }
    if (from == null) {
      throw new Refusal(file + ": the migration does not say from which versions it is");
    }
    return new Migration(from, steps);
  }

  private static List<String[]> statements(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> line.split("\\s+", 3))
        .toList();
  }

  private static VersionRange range(String file, String line, String text) throws Refusal {
    try {
      return new VersionRange(text);
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(file + ": the migration says '" + line + "': no range of versions", wrong);
    }
  }

  private static Step step(String file, String line, String factory, String... words)
      throws Refusal {
    Optional<Verb> verb =
        List.of(Verb.values()).stream()
            .filter(one -> one.name().toLowerCase(java.util.Locale.ROOT).equals(words[0]))
            .findFirst();
    int needed = verb.filter(Verb.REMOVE::equals).isPresent() ? 2 : 3;
    if (verb.isEmpty() || words.length != needed) {
      throw new Refusal(
          file
              + ": the migration says '"
              + line
              + "'; allowed: rename OLD NEW, remove KEY, default KEY TEXT");
    }
    return new Step(factory, verb.get(), words[1], needed == 3 ? words[2] : "");
  }

  /** It is for an update from this version. */
  boolean isFrom(String version) {
    return from.includes(Version.parseVersion(version));
  }

  /**
   * What it makes of the instances that there are; only what changes, null for a key that goes.
   *
   * @throws KuraException when what there is cannot be read
   */
  List<ComponentConfiguration> of(ConfigurationService service) throws KuraException {
    List<ComponentConfiguration> changed = new ArrayList<>();
    for (ComponentConfiguration one : service.getComponentConfigurations()) {
      Map<String, Object> now = one.getConfigurationProperties();
      Map<String, Object> changes = new HashMap<>();
      for (Step step : steps) {
        if (now != null && step.factory().equals(now.get(FACTORY))) {
          apply(step, now, changes);
        }
      }
      if (!changes.isEmpty()) {
        changed.add(new ComponentConfigurationImpl(one.getPid(), null, changes));
      }
    }
    return changed;
  }

  private static void apply(Step step, Map<String, Object> now, Map<String, Object> changes) {
    Object value = changes.containsKey(step.key()) ? changes.get(step.key()) : now.get(step.key());
    switch (step.verb()) {
      case RENAME -> {
        if (value != null) {
          changes.put(step.argument(), value);
          changes.put(step.key(), null);
        }
      }
      case REMOVE -> {
        if (value != null) {
          changes.put(step.key(), null);
        }
      }
      case DEFAULT -> {
        if (value == null) {
          changes.put(step.key(), step.argument());
        }
      }
    }
  }
}
