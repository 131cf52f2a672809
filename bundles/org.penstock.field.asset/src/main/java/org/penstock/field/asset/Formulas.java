package org.penstock.field.asset;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.eclipse.kura.asset.AssetConfiguration;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.type.DataType;
import org.penstock.api.expression.ChannelTypes;
import org.penstock.api.expression.ExpressionException;
import org.penstock.api.expression.Expressions;

/**
 * The channels of all assets as they are, or as they would be with one asset changed, and which formula refers
 * to which channel. For one look only.
 */
final class Formulas implements ChannelTypes {

  /** The attribute of a channel that holds its formula; a channel without one is set by writing. */
  static final String FORMULA = "formula";

  private final AssetThreads threads;
  private final Predicate<String> virtual;
  private final Expressions expressions;
  private final Map<String, AssetConfiguration> changed;
  private final Map<String, Set<String>> references = new HashMap<>();

  /**
   * A look.
   *
   * @param virtual whether a driver of that pid evaluates formulas
   * @param changed assets as they would be, by pid
   */
  Formulas(
      AssetThreads threads,
      Predicate<String> virtual,
      Expressions expressions,
      Map<String, AssetConfiguration> changed) {
    this.threads = threads;
    this.virtual = virtual;
    this.expressions = expressions;
    this.changed = changed;
  }

  /** A channel's formula, without blanks around it. */
  static String of(Channel channel) {
    return of(channel.getConfiguration());
  }

  static String of(Map<String, Object> config) {
    Object text = config.get(FORMULA);
    return text == null ? "" : text.toString().strip();
  }

  private Optional<AssetConfiguration> asset(String pid) {
    AssetConfiguration other = changed.get(pid);
    return other != null
        ? Optional.of(other)
        : threads.core(pid).map(AssetCore::assetConfiguration);
  }

  private Optional<Channel> channel(String reference) {
    int slash = reference.lastIndexOf('/');
    return slash <= 0
        ? Optional.empty()
        : asset(reference.substring(0, slash))
            .map(asset -> asset.getAssetChannels().get(reference.substring(slash + 1)));
  }

  @Override
  public Optional<DataType> type(String reference) {
    return channel(reference).map(Channel::getValueType);
  }

  @Override
  public Set<String> known() {
    Set<String> assets = new TreeSet<>(threads.assets());
    assets.addAll(changed.keySet());
    Set<String> all = new TreeSet<>();
    for (String pid : assets) {
      asset(pid)
          .ifPresent(
              found ->
                  found.getAssetChannels().keySet().forEach(name -> all.add(pid + "/" + name)));
    }
    return all;
  }

  /** What a channel's formula refers to; nothing for channels of devices, and for formulas that are none. */
  private Set<String> references(String reference) {
    return references.computeIfAbsent(
        reference,
        name -> {
          int slash = name.lastIndexOf('/');
          boolean isVirtual =
              slash > 0
                  && asset(name.substring(0, slash))
                      .filter(asset -> virtual.test(asset.getDriverPid()))
                      .isPresent();
          String text = isVirtual ? channel(name).map(Formulas::of).orElse("") : "";
          if (text.isEmpty()) {
            return Set.of();
          }
          try {
            return expressions.compile(text, type(name).orElseThrow(), this).references();
          } catch (ExpressionException wrong) {
            return Set.of();
          }
        });
  }

  /** The shortest circle through a channel, in words. */
  Optional<String> circle(String start) {
    Map<String, String> from = new HashMap<>();
    Deque<String> next = new ArrayDeque<>();
    next.add(start);
    while (!next.isEmpty()) {
      String name = next.poll();
      for (String reference : references(name)) {
        if (reference.equals(start)) {
          return Optional.of(words(start, name, from));
        }
        if (from.putIfAbsent(reference, name) == null) {
          next.add(reference);
        }
      }
    }
    return Optional.empty();
  }

  private static String words(String start, String last, Map<String, String> from) {
    StringBuilder way = new StringBuilder(start);
    String at = last;
    while (!at.equals(start)) {
      way.insert(0, at + " -> ");
      at = from.get(at);
    }
    return "formulas refer to each other in a circle: %s -> %s; change one of them"
        .formatted(start, way);
  }
}
