package org.penstock.cloud.connection.sparkplug;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;

/** What the primary host says of itself (Sparkplug 3.0, 6.4.26). One thread at a time. */
final class HostState {

  private boolean online;
  private long since = -1;

  boolean online() {
    return online;
  }

  /** A new connection: what was heard before counts no longer. */
  void reset() {
    online = false;
    since = -1;
  }

  /**
   * A STATE message. One that is older than what was heard last says nothing: it may be the will of
   * an earlier connection of the host.
   *
   * @return the host is on- or offline now and was not before
   */
  boolean heard(byte[] payload) {
    try {
      JsonElement read = JsonParser.parseString(new String(payload, StandardCharsets.UTF_8));
      JsonObject state = read.isJsonObject() ? read.getAsJsonObject() : new JsonObject();
      if (!state.has("online") || !state.has("timestamp")) {
        return false;
      }
      return heard(state.get("online").getAsBoolean(), state.get("timestamp").getAsLong());
    } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
      return false;
    }
  }

  private boolean heard(boolean now, long timestamp) {
    if (timestamp < since) {
      return false;
    }
    boolean change = online != now;
    online = now;
    since = timestamp;
    return change;
  }
}
