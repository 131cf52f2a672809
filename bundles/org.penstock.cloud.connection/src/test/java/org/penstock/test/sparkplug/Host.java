package org.penstock.test.sparkplug;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A host application that believes what the specification (Sparkplug 3.0) makes an edge node say,
 * and nothing more: names and types from births, aliases from births, order from seq, life from
 * births and deaths. What it can't understand is a breach. One edge node. Any thread may call.
 */
public final class Host {

  /** A metric as a birth has it. */
  private record Born(String name, String type) {}

  /** A value that arrived. */
  public record Value(String metric, String text, long timestamp, boolean historical) {}

  private final Codec codec;
  private final String node;
  private final List<String> breaches = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final List<Value> values = new ArrayList<>();
  private final Map<String, String> current = new TreeMap<>();
  private final Map<String, Map<String, Born>> born = new HashMap<>();
  private final Map<Long, String> aliases = new HashMap<>();
  private long seq = -1;
  private long bdSeq = -1;
  private boolean online;
  private boolean deaf;

  /**
   * Knows nothing yet.
   *
   * @param node group/node
   */
  public Host(Codec codec, String node) {
    this.codec = codec;
    this.node = node;
  }

  /** What the node must not have done, in words. */
  public synchronized List<String> breaches() {
    return List.copyOf(breaches);
  }

  /** Kinds of messages, with the device, in order. */
  public synchronized List<String> told() {
    return List.copyOf(told);
  }

  /** All values of data messages, in order. */
  public synchronized List<Value> values() {
    return List.copyOf(values);
  }

  /** What the host takes for the present values, by device/metric. */
  public synchronized Map<String, String> current() {
    return new TreeMap<>(current);
  }

  /** The node is born and has not died. */
  public synchronized boolean online() {
    return online;
  }

  /** The devices that are born and have not died. */
  public synchronized TreeSet<String> devices() {
    TreeSet<String> all = new TreeSet<>(born.keySet());
    all.remove("");
    return all;
  }

  /** bdSeq of the last birth. */
  public synchronized long bdSeq() {
    return bdSeq;
  }

  /** The alias that the last birth has given; -1 for none. */
  public synchronized long alias(String key) {
    return aliases.entrySet().stream()
        .filter(e -> e.getValue().equals(key))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(-1L);
  }

  /** The type that the last birth has given, or null. */
  public synchronized String type(String device, String metric) {
    Born known = born.getOrDefault(device, Map.of()).get(metric);
    return known == null ? null : known.type();
  }

  private void breach(String words) {
    breaches.add(words + " (after " + told + ")");
  }

  /** The host was away: until the next birth of the node it can understand nothing. */
  public synchronized void wasAway() {
    deaf = true;
  }

  /** A message under spBv1.0. */
  public synchronized void message(String topic, byte[] payload, int qos, boolean retained) {
    String[] level = topic.split("/");
    if (level.length < 4 || !node.equals(level[1] + "/" + level[3]) || level[2].endsWith("CMD")) {
      return;
    }
    String kind = level[2];
    String device = level.length > 4 ? level[4] : "";
    deaf &= !kind.equals("NBIRTH");
    if (deaf) {
      return;
    }
    JsonObject said = codec.decode(payload);
    told.add(device.isEmpty() ? kind : kind + " " + device);
    if (retained) {
      breach(kind + " is retained (tck-id-payloads-" + kind.toLowerCase() + "-retain)");
    }
    if (qos != 0 && !kind.equals("NDEATH")) {
      breach(kind + " has QoS " + qos);
    }
    if (kind.startsWith("N") == !device.isEmpty()) {
      breach(topic + " is no topic of its kind");
    }
    if (!said.has("timestamp")) {
      breach(kind + " has no timestamp");
    }
    switch (kind) {
      case "NBIRTH" -> nodeBirth(said);
      case "NDEATH" -> nodeDeath(said);
      case "DBIRTH" -> deviceBirth(device, said);
      case "DDEATH" -> deviceDeath(device, said);
      case "NDATA", "DDATA" -> data(kind, device, said);
      default -> breach(kind + " is no kind of message");
    }
  }

  private void nodeBirth(JsonObject said) {
    if (number(said, "seq") != 0) {
      breach("NBIRTH does not begin with seq 0: " + number(said, "seq"));
    }
    seq = 0;
    born.clear();
    aliases.clear();
    current.clear();
    learn("", said);
    JsonObject number = metric(said, "bdSeq");
    JsonObject rebirth = metric(said, "Node Control/Rebirth");
    if (number == null || !"Int64".equals(text(number, "type"))) {
      breach("NBIRTH has no bdSeq");
    } else {
      bdSeq = number.get("value").getAsLong();
    }
    if (rebirth == null
        || !"Boolean".equals(text(rebirth, "type"))
        || rebirth.get("value").getAsBoolean()) {
      breach("NBIRTH has no Node Control/Rebirth that is false");
    }
    online = true;
  }

  private void nodeDeath(JsonObject said) {
    JsonObject number = metric(said, "bdSeq");
    if (said.has("seq")) {
      breach("NDEATH has a seq");
    }
    if (number == null) {
      breach("NDEATH has no bdSeq");
    } else if (number.get("value").getAsLong() == bdSeq && online) {
      online = false;
      born.clear();
    }
  }

  private void inOrder(String kind, JsonObject said) {
    long next = number(said, "seq");
    if (!online) {
      breach(kind + " of a node that is not born");
    }
    if (next != (seq + 1) % 256) {
      breach(kind + " has seq " + next + " after " + seq);
    }
    seq = next;
  }

  private void deviceBirth(String device, JsonObject said) {
    inOrder("DBIRTH", said);
    learn(device, said);
  }

  private void deviceDeath(String device, JsonObject said) {
    inOrder("DDEATH", said);
    if (born.remove(device) == null) {
      breach("DDEATH of " + device + ", which is not born");
    }
  }

  private void learn(String device, JsonObject said) {
    Map<String, Born> known = new HashMap<>();
    aliases.values().removeIf(key -> key.startsWith(device + "/"));
    for (JsonElement each : metrics(said)) {
      JsonObject metric = each.getAsJsonObject();
      String name = text(metric, "name");
      if (name.isEmpty() || text(metric, "type").isEmpty() || !metric.has("timestamp")) {
        breach("a birth needs name, type and timestamp of each metric: " + metric);
      }
      known.put(name, new Born(name, text(metric, "type")));
      if (metric.has("alias")
          && aliases.put(metric.get("alias").getAsLong(), device + "/" + name) != null) {
        breach("the alias of " + name + " is taken");
      }
      current.put(device + "/" + name, shown(metric));
    }
    born.put(device, known);
  }

  private void data(String kind, String device, JsonObject said) {
    inOrder(kind, said);
    if (!born.containsKey(device)) {
      breach(kind + " of " + device + ", which is not born");
      return;
    }
    for (JsonElement each : metrics(said)) {
      JsonObject metric = each.getAsJsonObject();
      String name = text(metric, "name");
      if (metric.has("alias")) {
        if (!name.isEmpty()) {
          breach("data with alias carry a name, too: " + name);
        }
        String key = aliases.getOrDefault(metric.get("alias").getAsLong(), "/");
        name = key.startsWith(device + "/") ? key.substring(device.length() + 1) : "";
      }
      Born known = born.get(device).get(name);
      if (known == null) {
        breach("a metric that was not born: " + device + " " + metric);
      } else {
        take(device, known, metric);
      }
    }
  }

  private void take(String device, Born known, JsonObject metric) {
    String key = device + "/" + known.name();
    if (!metric.has("timestamp")) {
      breach("no timestamp: " + key);
    }
    if (metric.has("type") && !known.type().equals(text(metric, "type"))) {
      breach(key + " was born as " + known.type() + " and is " + text(metric, "type"));
    }
    boolean old = metric.has("isHistorical") && metric.get("isHistorical").getAsBoolean();
    values.add(new Value(key, shown(metric), number(metric, "timestamp"), old));
    if (!old) {
      current.put(key, shown(metric));
    }
  }

  private static String shown(JsonObject metric) {
    JsonElement value = metric.get("value");
    String text = value == null || value.isJsonNull() ? "null" : value.getAsString();
    JsonObject properties = metric.getAsJsonObject("properties");
    boolean bad =
        properties != null
            && properties.has("Quality")
            && properties.getAsJsonObject("Quality").get("value").getAsInt() == 0;
    return bad ? text + " bad" : text;
  }

  private static Iterable<JsonElement> metrics(JsonObject said) {
    return said.has("metrics") ? said.getAsJsonArray("metrics") : List.of();
  }

  private static JsonObject metric(JsonObject said, String name) {
    for (JsonElement each : metrics(said)) {
      if (name.equals(text(each.getAsJsonObject(), "name"))) {
        return each.getAsJsonObject();
      }
    }
    return null;
  }

  private static String text(JsonObject object, String key) {
    return object.has(key) && !object.get(key).isJsonNull() ? object.get(key).getAsString() : "";
  }

  private static long number(JsonObject object, String key) {
    return object.has(key) ? object.get(key).getAsLong() : -1;
  }
}
