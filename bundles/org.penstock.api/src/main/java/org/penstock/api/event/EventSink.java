package org.penstock.api.event;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes events for those who watch the gateway now ({@code GET /api/v1/events}). Any thread may
 * call; returns at once, nothing is written to disk, and nobody need be watching.
 */
@ProviderType
public interface EventSink {

  /**
   * Tells an event.
   *
   * @param type what kind, by which watchers choose: {@code alarms}, {@code deployment}, ...; lower
   *     case letters
   * @param permission what a watcher must be allowed, for example {@code alarms.read}
   * @param data the event's JSON: maps, lists, strings, numbers, booleans
   */
  void tell(String type, String permission, Map<String, Object> data);
}
