package org.penstock.cloud.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.cloud.CloudPayloadEncoding;
import org.eclipse.kura.data.DataService;
import org.eclipse.kura.data.listener.DataServiceListener;
import org.eclipse.kura.message.KuraPayload;
import org.penstock.cloud.connection.codec.PayloadForm;

/** A data service that remembers what it got. */
final class FakeData implements DataService {

  record Sent(int id, String topic, byte[] payload, int qos, boolean retain, int priority) {

    KuraPayload decoded() {
      return new PayloadForm(CloudPayloadEncoding.KURA_PROTOBUF, true).decode(payload);
    }
  }

  final List<Sent> sent = new CopyOnWriteArrayList<>();
  final Map<String, Integer> subscriptions = new TreeMap<>();
  final List<DataServiceListener> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean connected;

  List<String> topics() {
    return sent.stream().map(Sent::topic).toList();
  }

  void established() {
    connected = true;
    listeners.forEach(DataServiceListener::onConnectionEstablished);
  }

  void lost() {
    connected = false;
    listeners.forEach(l -> l.onConnectionLost(null));
  }

  void arrive(String topic, byte[] payload) {
    listeners.forEach(l -> l.onMessageArrived(topic, payload, 0, false));
  }

  @Override
  public void connect() {
    established();
  }

  @Override
  public boolean isConnected() {
    return connected;
  }

  @Override
  public boolean isAutoConnectEnabled() {
    return true;
  }

  @Override
  public int getRetryInterval() {
    return 1;
  }

  @Override
  public void disconnect(long quiesce) {
    listeners.forEach(DataServiceListener::onDisconnecting);
    connected = false;
    listeners.forEach(DataServiceListener::onDisconnected);
  }

  @Override
  public synchronized void subscribe(String topic, int qos) {
    subscriptions.put(topic, qos);
  }

  @Override
  public synchronized void unsubscribe(String topic) {
    subscriptions.remove(topic);
  }

  @Override
  public synchronized int publish(
      String topic, byte[] payload, int qos, boolean retain, int priority) {
    Sent message = new Sent(sent.size() + 1, topic, payload, qos, retain, priority);
    sent.add(message);
    listeners.forEach(l -> l.onMessagePublished(message.id(), topic));
    return message.id();
  }

  @Override
  public List<Integer> getUnpublishedMessageIds(String topic) {
    return new ArrayList<>();
  }

  @Override
  public List<Integer> getInFlightMessageIds(String topic) {
    return new ArrayList<>();
  }

  @Override
  public List<Integer> getDroppedInFlightMessageIds(String topic) {
    return new ArrayList<>();
  }

  @Override
  public void addDataServiceListener(DataServiceListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeDataServiceListener(DataServiceListener listener) {
    listeners.remove(listener);
  }
}
