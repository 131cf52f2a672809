package org.penstock.console.rest;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.health.Health;
import org.penstock.api.health.HealthState;
import org.penstock.api.job.Job;
import org.penstock.api.job.Jobs;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.penstock.console.rest.EventHub.Event;

/** Tells watchers when a thing's health changes its level or reason, and when a job moves. */
@Component(service = HealthWatch.class, immediate = true)
public final class HealthWatch {

  /** Type of the events about health. */
  static final String HEALTH = "health";

  /** Type of the events about jobs. */
  static final String JOBS = "jobs";

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final List<String> READERS = List.of(Permissions.SYSTEM, Permissions.SYSTEM_READ);

  private record Brief(HealthState.Level level, String reason) {}

  private record Change(
      String name, HealthState.Level level, String reason, String since, String overall) {}

  private final EventHub hub;
  private final Health health;
  private final Strand strand;
  private final AutoCloseable jobs;
  private Map<String, Brief> seen = Map.of();

  /** Called by the component runtime. */
  @Activate
  public HealthWatch(
      @Reference EventHub hub,
      @Reference Health health,
      @Reference Jobs jobs,
      @Reference Strands strands) {
    this.hub = hub;
    this.health = health;
    this.jobs = jobs.listen(this::tell);
    strand = strands.open("console/rest/health");
    strand.every(LOOK, LOOK, this::look);
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() throws Exception {
    jobs.close();
    strand.close();
  }

  private void tell(Job job) {
    hub.tell(JOBS, List.of(Permissions.JOBS), "", "", JobsResource.entry(job));
  }

  private void look() {
    if (!hub.isWanted(HEALTH)) {
      seen = Map.of();
      return;
    }
    Map<String, HealthState> states = health.states();
    Map<String, Brief> now = new HashMap<>();
    String overall = health.level().name();
    for (Map.Entry<String, HealthState> entry : states.entrySet()) {
      HealthState state = entry.getValue();
      Brief brief = new Brief(state.level(), state.reason());
      now.put(entry.getKey(), brief);
      if (!brief.equals(seen.get(entry.getKey()))) {
        tell(change(entry.getKey(), state, overall));
      }
    }
    for (String gone : seen.keySet()) {
      if (!now.containsKey(gone)) {
        tell(new Change(gone, null, "", null, overall));
      }
    }
    seen = now;
  }

  private static Change change(String name, HealthState state, String overall) {
    return new Change(name, state.level(), state.reason(), state.since().toString(), overall);
  }

  /** All states as they are now, for somebody who begins to watch. */
  List<Event> all() {
    String overall = health.level().name();
    return health.states().entrySet().stream()
        .map(e -> change(e.getKey(), e.getValue(), overall))
        .map(c -> hub.aside(HEALTH, READERS, "", "", c))
        .toList();
  }

  private void tell(Change change) {
    hub.tell(HEALTH, READERS, "", "", change);
  }
}
