package org.penstock.flow.rules.rule;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.asset.AssetService;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.type.DataType;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.ChannelStates;
import org.penstock.api.driver.ChannelWatch;
import org.penstock.api.expression.ChannelTypes;
import org.penstock.api.storage.DurableStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings values to the rules that refer to them. It is called in the assets' strands and does no
 * more than hand over; each rule works on its own strand. Any thread may call.
 */
@Component(service = {RuleEngine.class, ChannelWatch.class})
public final class RuleEngine implements ChannelWatch, ChannelTypes {

  private static final Logger LOG = LoggerFactory.getLogger(RuleEngine.class);

  private final AssetService assets;
  private final Map<String, Map<String, List<Rule>>> listeners = new ConcurrentHashMap<>();
  private final Map<Rule, Ends> ends = new HashMap<>(); // guarded by this
  private final Map<String, Rule> rules = new ConcurrentHashMap<>();
  private final Causes causes = new Causes();
  private final Optional<StateLog> log;
  private final RuleClock.Source time;

  /** The channels that a rule reads, and those that it writes. */
  private record Ends(Set<String> reads, Set<String> writes) {

    static final Ends NONE = new Ends(Set.of(), Set.of());
  }

  /** One value for a rule. */
  record Value(String channel, ChannelState state) {}

  /** Made by the framework, and by tests. */
  @Activate
  public RuleEngine(
      @Reference AssetService assets, @Reference DurableStorage storage, BundleContext context) {
    this(assets, storage, Path.of(context.getProperty("penstock.home")).resolve("flow/rules"));
  }

  RuleEngine(AssetService assets, DurableStorage storage, Path folder) {
    this(assets, storage, folder, RuleClock.Source.SYSTEM);
  }

  RuleEngine(AssetService assets, DurableStorage storage, Path folder, RuleClock.Source time) {
    this.assets = assets;
    this.time = time;
    this.log = open(storage, folder);
  }

  private static Optional<StateLog> open(DurableStorage storage, Path folder) {
    try {
      return Optional.of(new StateLog(storage, folder));
    } catch (IOException unusable) {
      LOG.error("cannot keep what rules remember in {}; it is lost by a restart", folder, unusable);
      return Optional.empty();
    }
  }

  @Deactivate
  void close() throws IOException {
    if (log.isPresent()) {
      log.get().close();
    }
  }

  RuleClock.Source time() {
    return time;
  }

  Causes causes() {
    return causes;
  }

  Optional<StateLog> log() {
    return log;
  }

  /** The rules by pid. */
  Map<String, Rule> rules() {
    return new TreeMap<>(rules);
  }

  void enter(String pid, Rule rule) {
    rules.put(pid, rule);
  }

  void leave(String pid, Rule rule) {
    rules.remove(pid, rule);
    ignore(rule);
  }

  /** The rule gets the values of no channels from now on. */
  void ignore(Rule rule) {
    change(rule, Ends.NONE);
  }

  /**
   * The rule gets the values of these channels from now on, and of no others.
   *
   * @param writes the channels that it writes
   * @return rules that act on each other in a circle since then, in words
   */
  Optional<String> listen(Rule rule, Set<String> reads, Set<String> writes) {
    change(rule, new Ends(reads, writes));
    return writes.isEmpty()
        ? Optional.empty()
        : Circles.through(rule.pid(), this::writes, this::readers);
  }

  private synchronized void change(Rule rule, Ends now) {
    Ends before = now == Ends.NONE ? ends.remove(rule) : ends.put(rule, now);
    if (before != null) {
      before.reads().forEach(channel -> listeners(channel).remove(rule));
    }
    now.reads().forEach(channel -> listeners(channel).add(rule));
  }

  private synchronized Set<String> writes(String pid) {
    Rule rule = rules.get(pid);
    return rule == null ? Set.of() : ends.getOrDefault(rule, Ends.NONE).writes();
  }

  private Set<String> readers(String channel) {
    return listeners(channel).stream().map(Rule::pid).collect(Collectors.toSet());
  }

  private List<Rule> listeners(String reference) {
    int slash = reference.lastIndexOf('/');
    return listeners
        .computeIfAbsent(reference.substring(0, Math.max(0, slash)), a -> new ConcurrentHashMap<>())
        .computeIfAbsent(reference.substring(slash + 1), c -> new CopyOnWriteArrayList<>());
  }

  @Override
  public void changed(String asset, Map<String, ChannelState> channels) {
    Map<String, List<Rule>> interested = listeners.get(asset);
    if (interested == null) {
      return;
    }
    Map<Rule, List<Value>> offers = new LinkedHashMap<>();
    channels.forEach(
        (channel, state) -> {
          List<Rule> rules = interested.getOrDefault(channel, List.of());
          if (rules.isEmpty()) {
            return;
          }
          Value value = new Value(asset + "/" + channel, state);
          if (channels.size() == 1) {
            List<Value> alone = List.of(value);
            rules.forEach(rule -> rule.offer(alone));
            return;
          }
          rules.forEach(rule -> offers.computeIfAbsent(rule, r -> new ArrayList<>(2)).add(value));
        });
    offers.forEach(Rule::offer);
  }

  /** The state of a channel now. */
  Optional<ChannelState> state(String reference) {
    int slash = reference.lastIndexOf('/');
    return assets.getAsset(reference.substring(0, Math.max(0, slash)))
            instanceof ChannelStates known
        ? Optional.ofNullable(known.channelStates().get(reference.substring(slash + 1)))
        : Optional.empty();
  }

  private Map<String, Channel> channels(String pid) {
    Asset asset = assets.getAsset(pid);
    return asset == null || asset.getAssetConfiguration() == null
        ? Map.of()
        : asset.getAssetConfiguration().getAssetChannels();
  }

  @Override
  public Optional<DataType> type(String reference) {
    int slash = reference.lastIndexOf('/');
    return slash <= 0
        ? Optional.empty()
        : Optional.ofNullable(
                channels(reference.substring(0, slash)).get(reference.substring(slash + 1)))
            .map(Channel::getValueType);
  }

  @Override
  public Set<String> known() {
    Set<String> all = new TreeSet<>();
    for (Asset asset : assets.listAssets()) {
      String pid = assets.getAssetPid(asset);
      channels(pid).keySet().forEach(channel -> all.add(pid + "/" + channel));
    }
    return all;
  }
}
