package org.penstock.flow.rules.alarm;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.strand.Strand;

/** Alarms with a journal, for tests of what raises them. */
public final class AlarmRig implements AutoCloseable {

  private final Alarms alarms;

  private record Config(int flood_count, int flood_time_s, int shelve_most_min)
      implements AlarmsConfig {
    @Override
    public String CloudPublisher_target() {
      return "";
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return AlarmsConfig.class;
    }
  }

  /** With a journal in the folder. */
  public AlarmRig(DurableStorage storage, Strand strand, Path folder) {
    this.alarms = new Alarms(new Config(10, 600, 60), storage, strand, folder, Alarms.Clock.SYSTEM);
  }

  /** The alarms themselves. */
  public Alarms alarms() {
    return alarms;
  }

  /** The state of an alarm, NONE before it was raised. */
  public String state(String name) {
    Alarm alarm = alarms.all().get(name);
    return alarm == null ? "NONE" : alarm.state().name();
  }

  /** Somebody has seen it. */
  public void acknowledge(String name) {
    alarms.operate(Entry.Kind.ACKNOWLEDGED, name, "ann", "", 0);
  }

  /** The journal of one alarm as {@code KIND by comment}, oldest first. */
  public List<String> journal(String name) throws IOException {
    List<String> lines =
        alarms.newest(name, 100).stream()
            .map(entry -> (entry.kind() + " " + entry.by() + " " + entry.comment()).strip())
            .toList();
    List<String> oldestFirst = new ArrayList<>(lines);
    Collections.reverse(oldestFirst);
    return oldestFirst;
  }

  @Override
  public void close() throws IOException {
    alarms.close();
  }
}
