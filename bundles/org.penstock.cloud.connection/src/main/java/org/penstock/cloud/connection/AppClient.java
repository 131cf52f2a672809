package org.penstock.cloud.connection;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloud.CloudClient;
import org.eclipse.kura.cloud.CloudClientListener;
import org.eclipse.kura.message.KuraPayload;

/** One application's client of Kura's older kind. Any thread may call. */
@SuppressWarnings("deprecation") // Kura's older interface is still asked for
final class AppClient implements CloudClient {

  private static final String HERE = "#client-id";
  private static final int PRIORITY = 5;

  private final String app;
  private final AppClients all;
  private final Map<String, Integer> filters = new ConcurrentHashMap<>();
  private final List<CloudClientListener> listeners = new CopyOnWriteArrayList<>();

  AppClient(String app, AppClients all) {
    this.app = app;
    this.all = all;
  }

  Map<String, Integer> filters() {
    return filters;
  }

  List<CloudClientListener> listeners() {
    return listeners;
  }

  @Override
  public String getApplicationId() {
    return app;
  }

  @Override
  public void release() {
    all.release(this);
  }

  @Override
  public boolean isConnected() {
    return all.isConnected();
  }

  private String topic(boolean control, String device, String rest) {
    Topics topics = all.options().topics();
    String to = device == null ? HERE : device;
    return control ? topics.control(to, app, rest) : topics.data(to, app, rest);
  }

  @Override
  public int publish(String topic, KuraPayload payload, int qos, boolean retain)
      throws KuraException {
    return publish(null, topic, payload, qos, retain, PRIORITY);
  }

  @Override
  public int publish(String device, String topic, KuraPayload payload, int qos, boolean retain)
      throws KuraException {
    return publish(device, topic, payload, qos, retain, PRIORITY);
  }

  @Override
  public int publish(String topic, KuraPayload payload, int qos, boolean retain, int priority)
      throws KuraException {
    return publish(null, topic, payload, qos, retain, priority);
  }

  @Override
  public int publish(
      String device, String topic, KuraPayload payload, int qos, boolean retain, int priority)
      throws KuraException {
    return publish(device, topic, all.encoded(payload), qos, retain, priority);
  }

  @Override
  public int publish(String topic, byte[] payload, int qos, boolean retain, int priority)
      throws KuraException {
    return publish(null, topic, payload, qos, retain, priority);
  }

  @Override
  public int publish(
      String device, String topic, byte[] payload, int qos, boolean retain, int priority)
      throws KuraException {
    return all.send(app, topic(false, device, topic), payload, qos, retain, priority);
  }

  @Override
  public int controlPublish(
      String topic, KuraPayload payload, int qos, boolean retain, int priority)
      throws KuraException {
    return controlPublish(null, topic, payload, qos, retain, priority);
  }

  @Override
  public int controlPublish(
      String device, String topic, KuraPayload payload, int qos, boolean retain, int priority)
      throws KuraException {
    return controlPublish(device, topic, all.encoded(payload), qos, retain, priority);
  }

  @Override
  public int controlPublish(
      String device, String topic, byte[] payload, int qos, boolean retain, int priority)
      throws KuraException {
    return all.send(app, topic(true, device, topic), payload, qos, retain, priority);
  }

  private void subscribe(boolean control, String device, String topic, int qos) {
    String filter = topic(control, device, topic);
    filters.put(filter, qos);
    all.subscribe(filter, qos);
  }

  private void unsubscribe(boolean control, String device, String topic) {
    String filter = topic(control, device, topic);
    if (filters.remove(filter) != null) {
      all.unsubscribe(filter);
    }
  }

  @Override
  public void subscribe(String topic, int qos) {
    subscribe(false, null, topic, qos);
  }

  @Override
  public void subscribe(String device, String topic, int qos) {
    subscribe(false, device, topic, qos);
  }

  @Override
  public void controlSubscribe(String topic, int qos) {
    subscribe(true, null, topic, qos);
  }

  @Override
  public void controlSubscribe(String device, String topic, int qos) {
    subscribe(true, device, topic, qos);
  }

  @Override
  public void unsubscribe(String topic) {
    unsubscribe(false, null, topic);
  }

  @Override
  public void unsubscribe(String device, String topic) {
    unsubscribe(false, device, topic);
  }

  @Override
  public void controlUnsubscribe(String topic) {
    unsubscribe(true, null, topic);
  }

  @Override
  public void controlUnsubscribe(String device, String topic) {
    unsubscribe(true, device, topic);
  }

  @Override
  public void addCloudClientListener(CloudClientListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeCloudClientListener(CloudClientListener listener) {
    listeners.remove(listener);
  }

  @Override
  public List<Integer> getUnpublishedMessageIds() throws KuraException {
    return all.outlet().need().getUnpublishedMessageIds(all.own(app));
  }

  @Override
  public List<Integer> getInFlightMessageIds() throws KuraException {
    return all.outlet().need().getInFlightMessageIds(all.own(app));
  }

  @Override
  public List<Integer> getDroppedInFlightMessageIds() throws KuraException {
    return all.outlet().need().getDroppedInFlightMessageIds(all.own(app));
  }
}
