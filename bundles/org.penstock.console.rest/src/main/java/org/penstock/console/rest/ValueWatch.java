package org.penstock.console.rest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.penstock.console.rest.EventHub.Event;
import org.penstock.console.rest.Plants.Plant;

/**
 * Values for those who watch: twice a second it compares the states of all channels with those of
 * the last look, and tells what is new. The data path knows nothing of it, and nothing is done while
 * nobody watches.
 */
@Component(service = ValueWatch.class)
public final class ValueWatch {

  /** Type of the events. */
  static final String TYPE = "values";

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final int MOST_IN_ONE = 1000;

  /** Values of one asset. */
  record Values(String asset, Map<String, ChannelJson.State> channels) {}

  private final EventHub hub;
  private final Plants plants;
  private final Strand strand;
  private Map<String, Map<String, ChannelState>> seen = new HashMap<>();
  private Schedule looks;

  /** Called by the component runtime. */
  @Activate
  public ValueWatch(@Reference EventHub hub, @Reference Plants plants, @Reference Strands strands) {
    this.hub = hub;
    this.plants = plants;
    strand = strands.open("console/rest/values");
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    strand.close();
  }

  /** Begins to look, until nobody watches any longer. */
  void watch() {
    strand.execute(
        () -> {
          if (looks == null && hub.isWanted(TYPE)) {
            looks = strand.every(Duration.ZERO, LOOK, this::look);
          }
        });
  }

  private void look() {
    if (!hub.isWanted(TYPE)) {
      looks.close();
      looks = null;
      seen = new HashMap<>();
      return;
    }
    Map<String, Map<String, ChannelState>> now = new HashMap<>();
    for (Plant plant : plants.all()) {
      Map<String, ChannelState> states = states(plant);
      Map<String, ChannelState> before = seen.getOrDefault(plant.pid(), Map.of());
      now.put(plant.pid(), states);
      for (Values values : parts(plant.pid(), states, before)) {
        hub.tell(TYPE, Permissions.VALUES, plant.group(), plant.pid(), values);
      }
    }
    seen = now;
  }

  private static Map<String, ChannelState> states(Plant plant) {
    return plant.states().map(s -> s.channelStates()).orElse(Map.of());
  }

  private static List<Values> parts(
      String asset, Map<String, ChannelState> states, Map<String, ChannelState> before) {
    List<Values> parts = new ArrayList<>();
    Map<String, ChannelJson.State> part = new TreeMap<>();
    for (Map.Entry<String, ChannelState> state : states.entrySet()) {
      if (!state.getValue().equals(before.get(state.getKey()))) {
        part.put(state.getKey(), ChannelJson.state(state.getValue()));
        if (part.size() == MOST_IN_ONE) {
          parts.add(new Values(asset, part));
          part = new TreeMap<>();
        }
      }
    }
    if (!part.isEmpty()) {
      parts.add(new Values(asset, part));
    }
    return parts;
  }

  /** All values as they are now, for somebody who begins to watch. */
  List<Event> all() {
    List<Event> events = new ArrayList<>();
    for (Plant plant : plants.all()) {
      for (Values values : parts(plant.pid(), states(plant), Map.of())) {
        events.add(hub.aside(TYPE, Permissions.VALUES, plant.group(), plant.pid(), values));
      }
    }
    return events;
  }
}
