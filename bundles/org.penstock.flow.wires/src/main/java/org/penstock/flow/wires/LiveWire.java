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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A wire. Values go over it in the thread of who updates it; whatever the receiver throws ends here,
 * counted. Any thread may call.
 */
final class LiveWire implements Wire {

  private static final Logger LOG = LoggerFactory.getLogger(LiveWire.class);

  /** Nanoseconds spent behind the component that runs in this thread now. */
  private static final ThreadLocal<long[]> BEHIND = ThreadLocal.withInitial(() -> new long[1]);

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
  private final AtomicReference<Map<String, Object>> properties;
  private final AtomicReference<Ends> ends = new AtomicReference<>(Ends.NONE);
  private final AtomicReference<Object> last = new AtomicReference<>();
  private final AtomicBoolean valid = new AtomicBoolean(true);
  private final Traffic traffic = new Traffic();

  /**
   * @param properties taken as they are, with the three that WireAdmin adds
   */
  LiveWire(String producerPid, String consumerPid, Map<String, Object> properties, WireNews news) {
    this.producerPid = producerPid;
    this.consumerPid = consumerPid;
    this.properties = new AtomicReference<>(properties);
    this.news = news;
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
    long[] behind = BEHIND.get();
    long before = behind[0];
    behind[0] = 0;
    long began = System.nanoTime();
    try {
      now.consumer().updated(this, value);
      if (traffic.delivered(System.nanoTime() - began - behind[0])) {
        reviewed();
      }
      news.tell(WireAdminEvent.WIRE_TRACE, this, null);
    } catch (Exception | LinkageError | StackOverflowError failure) { // thread start
      if (traffic.failed(failure)) {
        LOG.error("{} fails on an envelope of {}", receiverName(), emitterName(), failure);
      }
      news.tell(WireAdminEvent.CONSUMER_EXCEPTION, this, failure);
    } finally {
      behind[0] = before + System.nanoTime() - began;
    }
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
    } catch (Exception | LinkageError | StackOverflowError failure) { // thread start
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
