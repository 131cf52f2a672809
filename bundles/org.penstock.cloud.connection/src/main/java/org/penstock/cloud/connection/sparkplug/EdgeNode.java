package org.penstock.cloud.connection.sparkplug;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.penstock.api.mqtt.MqttTransport.Will;
import org.penstock.cloud.connection.codec.MalformedPayload;
import org.penstock.cloud.connection.codec.SparkplugMetric;
import org.penstock.cloud.connection.codec.SparkplugPayload;
import org.penstock.cloud.connection.codec.SparkplugType;
import org.penstock.cloud.connection.form.Sample;

/**
 * What an edge node says, and in which order (Sparkplug 3.0, chapters 5 and 6). Values are recorded
 * as rows, which may wait in the outbox for as long as they like; a row becomes a message, with
 * sequence number, alias and mark of history, when it is sent. Any thread may call; what the wire
 * sends is sent under this object's lock, so that sequence numbers go out in order.
 */
final class EdgeNode {

  /** To the broker, QoS 0 and not retained; does not wait. */
  @FunctionalInterface
  interface Wire {
    void send(String topic, byte[] payload) throws KuraException;
  }

  static final String BD_SEQ = "bdSeq";
  static final String REBIRTH = "Node Control/Rebirth";

  private static final int NUMBERS = 256;
  private static final long BD_SEQ_ALIAS = 0;
  private static final long REBIRTH_ALIAS = 1;

  private final Topics topics;
  private final boolean aliased;
  private final Clock clock;
  private final String run = UUID.randomUUID().toString();
  private final MetricGroup own;
  private final Map<String, MetricGroup> devices = new TreeMap<>();
  private long nextAlias = REBIRTH_ALIAS + 1;
  private long rows;
  private long seq;
  private long bdSeq;
  private long births;
  private Wire wire;

  EdgeNode(Topics topics, boolean aliased, Clock clock) {
    this.topics = topics;
    this.aliased = aliased;
    this.clock = clock;
    this.own = new MetricGroup("", this::alias);
  }

  private long alias() {
    return aliased ? nextAlias++ : -1;
  }

  private MetricGroup group(String device) {
    return device.isEmpty()
        ? own
        : devices.computeIfAbsent(device, d -> new MetricGroup(d, this::alias));
  }

  /** The host knows the node. */
  synchronized boolean born() {
    return wire != null;
  }

  /** Births since the start. */
  synchronized long births() {
    return births;
  }

  /**
   * Notes values, and makes the row that is to be stored.
   *
   * @param device empty for the node itself
   */
  synchronized byte[] record(String device, List<Sample> samples) {
    MetricGroup group = group(device);
    rows++;
    List<SparkplugMetric> metrics = new ArrayList<>();
    for (Sample sample : samples) {
      Object value = sample.value();
      SparkplugType type =
          value == null
              ? group.typeOr(sample.channel(), SparkplugType.STRING)
              : SparkplugType.of(value);
      SparkplugMetric metric =
          new SparkplugMetric(
              sample.channel(), -1, sample.timestamp(), type, value, false, sample.isBad());
      group.learn(metric, rows);
      metrics.add(metric);
    }
    return new SparkplugPayload(clock.millis(), rows, run, metrics).encode();
  }

  /** All metrics that are known of a device, as bad. */
  synchronized List<Sample> lost(String device) {
    MetricGroup group = devices.get(device);
    return group == null ? List.of() : group.lost(clock.millis());
  }

  /**
   * The last will of the next connection.
   *
   * @param number 0 to 255, one more than the connection before had
   */
  synchronized Will will(long number) {
    bdSeq = number;
    return new Will(topics.own(Topics.NDEATH), death(), 1, false);
  }

  private byte[] death() {
    SparkplugMetric number = SparkplugMetric.of(BD_SEQ, clock.millis(), SparkplugType.INT64, bdSeq);
    return new SparkplugPayload(clock.millis(), -1, "", List.of(number)).encode();
  }

  /** Everything is born, on this wire from now on. */
  synchronized void birth(Wire to) throws KuraException {
    birth(to, List.of());
  }

  private void birth(Wire to, List<SparkplugMetric> row) throws KuraException {
    wire = to;
    seq = 0;
    devices.values().forEach(MetricGroup::forget);
    long now = clock.millis();
    List<SparkplugMetric> metrics = new ArrayList<>();
    SparkplugMetric number = SparkplugMetric.of(BD_SEQ, now, SparkplugType.INT64, bdSeq);
    SparkplugMetric rebirth = SparkplugMetric.of(REBIRTH, now, SparkplugType.BOOLEAN, false);
    metrics.add(aliased ? number.withAlias(BD_SEQ_ALIAS) : number);
    metrics.add(aliased ? rebirth.withAlias(REBIRTH_ALIAS) : rebirth);
    metrics.addAll(own.birth(row));
    try {
      say(topics.own(Topics.NBIRTH), metrics);
      births++;
      for (MetricGroup device : devices.values()) {
        if (device.alive()) {
          birth(device, List.of());
        }
      }
    } catch (KuraException e) {
      end(); // half a birth is none
      throw e;
    }
  }

  private void birth(MetricGroup device, List<SparkplugMetric> row) throws KuraException {
    List<SparkplugMetric> metrics = device.birth(row);
    try {
      say(topics.of(Topics.DBIRTH, "", device.device()), metrics);
    } catch (KuraException e) {
      device.forget();
      throw e;
    }
  }

  private void say(String topic, List<SparkplugMetric> metrics) throws KuraException {
    wire.send(topic, new SparkplugPayload(clock.millis(), seq, "", metrics).encode());
    seq = (seq + 1) % NUMBERS;
  }

  /** A host asks for all births. */
  synchronized void rebirth() throws KuraException {
    if (wire != null) {
      birth(wire, List.of());
    }
  }

  /** The connection is gone, and the broker sends the will. */
  synchronized void end() {
    wire = null;
    own.forget();
    devices.values().forEach(MetricGroup::forget);
  }

  /** The node takes its leave; nothing is sent after that until the next birth. */
  synchronized void die() throws KuraException {
    Wire last = wire;
    end();
    if (last != null) {
      last.send(topics.own(Topics.NDEATH), death());
    }
  }

  /**
   * Sends a row, with the births and deaths that it entails.
   *
   * @param device empty for the node itself
   * @throws KuraException not connected, or INVALID_PARAMETER: it is no row
   */
  synchronized void send(String device, byte[] stored) throws KuraException {
    if (wire == null) {
      throw new KuraNotConnectedException("the edge node is not born");
    }
    SparkplugPayload row = row(stored);
    boolean present = run.equals(row.uuid());
    MetricGroup group = group(device);
    if (!device.isEmpty() && !group.born() && row.metrics().stream().allMatch(m -> m.bad())) {
      return; // its death says as much
    }
    group.learnNames(row.metrics(), clock.millis());
    if (!group.covers(row.metrics())) {
      if (device.isEmpty()) {
        birth(wire, row.metrics());
      } else {
        birth(group, row.metrics());
      }
    }
    List<SparkplugMetric> data = group.data(row.metrics(), present ? row.seq() : 0);
    boolean dies = present && !device.isEmpty() && group.diesWith(row.seq());
    if (dies) {
      data.removeIf(m -> !m.historical());
    }
    if (!data.isEmpty()) {
      say(topics.of(Topics.DDATA, Topics.NDATA, device), data);
    }
    if (dies) {
      say(topics.of(Topics.DDEATH, "", device), List.of());
      group.forget();
    } else if (present) {
      group.sent(row.metrics(), row.seq());
    }
  }

  private static SparkplugPayload row(byte[] stored) throws KuraException {
    try {
      return SparkplugPayload.decode(stored);
    } catch (MalformedPayload e) {
      throw new KuraException(
          KuraErrorCode.INVALID_PARAMETER, e, "no row of an edge node: " + e.getMessage());
    }
  }

  /** The metrics of a command by name and type; those that nobody was told of are left out. */
  synchronized List<SparkplugMetric> commanded(String device, SparkplugPayload command) {
    List<SparkplugMetric> found = new ArrayList<>();
    MetricGroup target = device.isEmpty() ? own : devices.get(device);
    for (SparkplugMetric metric : command.metrics()) {
      boolean rebirth =
          REBIRTH.equals(metric.name())
              || metric.name().isEmpty() && metric.alias() == REBIRTH_ALIAS;
      SparkplugMetric known =
          device.isEmpty() && rebirth
              ? SparkplugMetric.of(
                  REBIRTH, metric.timestamp(), SparkplugType.BOOLEAN, metric.value())
              : target == null ? null : target.find(metric);
      if (known != null) {
        found.add(known);
      }
    }
    return found;
  }
}
