package org.penstock.flow.wires;

import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.wireadmin.Consumer;
import org.osgi.service.wireadmin.Producer;
import org.osgi.service.wireadmin.Wire;
import org.osgi.service.wireadmin.WireAdminEvent;
import org.osgi.service.wireadmin.WireConstants;
import org.penstock.flow.wires.component.Patient;
import org.penstock.flow.wires.component.Unbroken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A wire. Values go over it in the thread of who updates it; whatever the receiver throws ends here,
 * counted. Any thread may call.
 */
final class LiveWire implements Wire {

  private static final Logger LOG = LoggerFactory.getLogger(LiveWire.class);

  /** What the wire connects now; either may be null. */
  record Ends(Producer producer, Consumer consumer, Class<?>[] flavors) {

    static final Ends NONE = new Ends(null, null, null);

    boolean connected() {
      return producer != null && consumer != null;
    }

    boolean accepts(Object value) {
      return flavors == null || Arrays.stream(flavors).anyMatch(flavor -> flavor.isInstance(value));
    }
  }

  private final String producerPid;
  private final String consumerPid;
  private final WireNews news;
  private final Lane lane;
  private final Taps taps;
  private final AtomicReference<Map<String, Object>> properties;
  private final AtomicReference<Ends> ends = new AtomicReference<>(Ends.NONE);
  private final AtomicReference<Object> last = new AtomicReference<>();
  private final AtomicBoolean valid = new AtomicBoolean(true);
  private final Traffic traffic = new Traffic();

  /**
   * @param properties taken as they are, with the three that WireAdmin adds
   */
  LiveWire(
      String producerPid,
      String consumerPid,
      Map<String, Object> properties,
      WireNews news,
      Lane lane,
      Taps taps) {
    this.producerPid = producerPid;
    this.consumerPid = consumerPid;
    this.properties = new AtomicReference<>(properties);
    this.news = news;
    this.lane = lane;
    this.taps = taps;
  }

  Lane lane() {
    return lane;
  }

  String producerPid() {
    return producerPid;
  }

  String consumerPid() {
    return consumerPid;
  }

  Traffic traffic() {
    return traffic;
  }

  Map<String, Object> map() {
    return properties.get();
  }

  void map(Map<String, Object> changed) {
    properties.set(changed);
  }

  /**
   * Connects other ends.
   *
   * @return true when it was connected and is no more, or the other way round
   */
  boolean connect(Ends now) {
    return ends.getAndSet(now).connected() != now.connected();
  }

  /** Nothing goes over it any more. */
  void invalidate() {
    valid.set(false);
    ends.set(Ends.NONE);
  }

  @Override
  public boolean isValid() {
    return valid.get();
  }

  @Override
  public boolean isConnected() {
    return ends.get().connected();
  }

  @Override
  public Class<?>[] getFlavors() {
    Ends now = ends.get();
    return now.connected() && now.flavors() != null ? now.flavors().clone() : null;
  }

  @Override
  public void update(Object value) {
    Ends now = ends.get();
    if (!now.connected() || !now.accepts(value)) {
      return;
    }
    last.set(value);
    traffic.sent();
    taps.hear(this, value);
    lane.deliver(this, now.consumer(), value);
  }

  /**
   * A delivery ended.
   *
   * @param own nanoseconds that the receiver itself took
   * @param failure what it threw, or null
   * @return true when it went well
   */
  boolean carried(long own, Throwable failure) {
    if (failure != null) {
      if (traffic.failed(failure)) {
        LOG.error("{} fails on an envelope of {}", receiverName(), emitterName(), failure);
      }
      news.tell(WireAdminEvent.CONSUMER_EXCEPTION, this, failure);
      return false;
    }
    boolean slow = own > Traffic.SLOW_NANOS && !isPatient();
    if (traffic.delivered(isPatient() ? 0 : own)) {
      reviewed();
    }
    news.tell(WireAdminEvent.WIRE_TRACE, this, null);
    return !slow;
  }

  /** The receiver still works on an envelope, for too long. */
  void blocks(long own) {
    if (traffic.blocks(own)) {
      reviewed();
    }
  }

  /** The receiver may wait without being at fault. */
  boolean isPatient() {
    return ends.get().consumer() instanceof Patient;
  }

  /** The receiver must not be interrupted. */
  boolean isUnbroken() {
    return ends.get().consumer() instanceof Unbroken;
  }

  boolean leadsTo(Consumer consumer) {
    return ends.get().consumer() == consumer && isConnected();
  }

  int emitterPort() {
    return map().get("emitter.port") instanceof Integer port ? port : 0;
  }

  int receiverPort() {
    return map().get("receiver.port") instanceof Integer port ? port : 0;
  }

  private void reviewed() {
    String trouble = traffic.trouble();
    if (trouble.isEmpty()) {
      LOG.info("{} takes envelopes of {} well again", receiverName(), emitterName());
    } else {
      LOG.warn("{} {}", receiverName(), trouble);
    }
  }

  @Override
  public Object poll() {
    Ends now = ends.get();
    if (!now.connected()) {
      return null;
    }
    try {
      Object value = now.producer().polled(this);
      if (value == null || !now.accepts(value)) {
        return null;
      }
      last.set(value);
      return value;
    } catch (Exception | LinkageError | StackOverflowError failure) { // foreign code
      news.tell(WireAdminEvent.PRODUCER_EXCEPTION, this, failure);
      return null;
    }
  }

  @Override
  public Object getLastValue() {
    return last.get();
  }

  @Override
  public Dictionary<String, Object> getProperties() {
    return new Hashtable<>(properties.get());
  }

  /** No wire of ours has a scope. */
  @Override
  public String[] getScope() {
    return null;
  }

  @Override
  public boolean hasScope(String name) {
    return false;
  }

  String emitterName() {
    return name("emitter.kura.service.pid", producerPid);
  }

  String receiverName() {
    return name("receiver.kura.service.pid", consumerPid);
  }

  private String name(String key, String otherwise) {
    return properties.get().get(key) instanceof String text ? text : otherwise;
  }

  @Override
  public String toString() {
    return "wire "
        + properties.get().get(WireConstants.WIREADMIN_PID)
        + " "
        + emitterName()
        + " -> "
        + receiverName();
  }

  /** The given properties with those that WireAdmin adds. */
  static Map<String, Object> complete(
      String id, String producerPid, String consumerPid, Map<String, Object> given) {
    Map<String, Object> all = new java.util.HashMap<>(given);
    all.put(WireConstants.WIREADMIN_PID, id);
    all.put(WireConstants.WIREADMIN_PRODUCER_PID, producerPid);
    all.put(WireConstants.WIREADMIN_CONSUMER_PID, consumerPid);
    return Collections.unmodifiableMap(all);
  }
}
