package org.penstock.acceptance.deployment;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One of the faults that must be refused or rolled back.
 *
 * @param name as the issue calls it
 * @param result REFUSED or ROLLED_BACK
 * @param words that the reason must hold; of some one of several, parted by a bar
 * @param fixture what is updated
 * @param nonsense kinds that there can't be, with the reason why
 * @param trial how it is tried
 */
record NamedFault(
    String name,
    String result,
    List<String> words,
    String fixture,
    Map<Kind, String> nonsense,
    Trial trial) {

  /** Does it and gives the outcome. */
  @FunctionalInterface
  interface Trial {
    JsonObject run(FaultStage stage, Kind kind);
  }

  /** Updated by most faults; nobody needs it. */
  static final String VICTIM = "victim";

  /** Needed by another bundle. */
  static final String BASE = "base";

  static NamedFault of(String name, String result, Trial trial, String... words) {
    return new NamedFault(name, result, List.of(words), VICTIM, Map.of(), trial);
  }

  /** From a bad bundle, which is uploaded as such or in a package. */
  static NamedFault of(Faults.Fault fault) {
    return of(
        fault.name(),
        fault.result(),
        (stage, kind) ->
            stage.upload(kind, kind.file(VICTIM, "2.0.0", fault.jar(kind.bundle(VICTIM), "2.0.0"))),
        fault.words().toArray(String[]::new));
  }

  NamedFault ofBase() {
    return new NamedFault(name, result, words, BASE, nonsense, trial);
  }

  NamedFault without(String why, Kind... kinds) {
    Map<Kind, String> all = new EnumMap<>(Kind.class);
    all.putAll(nonsense);
    Arrays.stream(kinds).forEach(kind -> all.put(kind, why));
    return new NamedFault(name, result, words, fixture, all, trial);
  }

  /** In which it is tried. */
  List<Kind> kinds() {
    return Arrays.stream(Kind.values()).filter(kind -> !nonsense.containsKey(kind)).toList();
  }

  /** Shows in what the bundle uses, and so only after some seconds. */
  boolean loads() {
    return List.of("log flood", "memory hog", "core spinner").contains(name);
  }

  /** Is found by signatures alone. */
  boolean isOfSigner() {
    return List.of("unsigned", "expired signer", "revoked signer").contains(name);
  }
}
