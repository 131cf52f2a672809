package org.penstock.field.asset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.storage.DurableStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels that are switched to hand. They are few, and outlast restarts: a rule must not start
 * a pump that somebody works on because the power came back. Any thread may call.
 */
@Component(service = HandSwitches.class)
public final class HandSwitches {

  private static final Logger LOG = LoggerFactory.getLogger(HandSwitches.class);
  private static final int FIELDS = 4;

  private final Path file;
  private final DurableStorage storage;
  private final Map<Place, Switch> switches = new ConcurrentHashMap<>();

  private record Place(String asset, String channel) {}

  /**
   * One channel in hand.
   *
   * @param owner who switched it
   * @param since when
   */
  record Switch(String owner, Instant since) {}

  /** Made by the framework. */
  @Activate
  public HandSwitches(BundleContext context, @Reference DurableStorage storage) {
    this(Path.of(context.getProperty("penstock.home")).resolve("field/hand.tsv"), storage);
  }

  HandSwitches(Path file, DurableStorage storage) {
    this.file = file;
    this.storage = storage;
    load();
  }

  private void load() {
    if (!Files.exists(file)) {
      return;
    }
    try {
      // a damaged byte costs its own line, not all of them
      new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().forEach(this::load);
    } catch (IOException unreadable) {
      LOG.error("cannot read {}; no channel is in hand", file, unreadable);
    }
  }

  private void load(String line) {
    String[] fields = line.split("\t");
    try {
      if (fields.length == FIELDS) {
        switches.put(
            new Place(fields[0], fields[1]), new Switch(fields[2], Instant.parse(fields[3])));
      }
    } catch (DateTimeException damaged) {
      LOG.error("a line of {} is damaged: {}", file, line);
    }
  }

  Optional<Switch> of(String asset, String channel) {
    return switches.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(switches.get(new Place(asset, channel)));
  }

  /** The switches of one asset, by channel. */
  Map<String, Switch> ofAsset(String asset) {
    Map<String, Switch> result = new TreeMap<>();
    switches.forEach(
        (place, value) -> {
          if (place.asset().equals(asset)) {
            result.put(place.channel(), value);
          }
        });
    return result;
  }

  /** Switches to hand; durable on return. */
  synchronized void hand(String asset, String channel, String owner) throws IOException {
    if ((asset + channel).matches("(?s).*[\\t\\r\\n].*")) {
      throw new IOException(
          "the name of the asset or the channel has a tab or a line break; name it otherwise");
    }
    Place place = new Place(asset, channel);
    Switch before = switches.put(place, new Switch(owner.replaceAll("\\s", " "), Instant.now()));
    try {
      store();
    } catch (IOException notStored) {
      restore(place, before);
      throw notStored;
    }
  }

  /** Switches to automatic; durable on return. */
  synchronized void automatic(String asset, String channel) throws IOException {
    Place place = new Place(asset, channel);
    Switch before = switches.remove(place);
    try {
      store();
    } catch (IOException notStored) {
      restore(place, before);
      throw notStored;
    }
  }

  private void restore(Place place, Switch before) {
    if (before == null) {
      switches.remove(place);
    } else {
      switches.put(place, before);
    }
  }

  private void store() throws IOException {
    StringBuilder text = new StringBuilder();
    switches.forEach(
        (place, value) ->
            text.append(
                String.join(
                    "\t", place.asset(), place.channel(), value.owner(), value.since() + "\n")));
    storage.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
