package org.penstock.cloud.mqtt;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.data.DataTransportToken;
import org.eclipse.kura.data.transport.listener.DataTransportListener;

/** Makes transports from Kura's keys as the component runtime does, and hears what they tell. */
final class Transports {

  private Transports() {}

  static MqttDataTransport of(Map<String, Object> given) {
    CryptoService crypto =
        (CryptoService)
            Proxy.newProxyInstance(
                CryptoService.class.getClassLoader(),
                new Class<?>[] {CryptoService.class},
                (proxy, method, arguments) ->
                    new String((char[]) arguments[0])
                        .substring("encrypted:".length())
                        .toCharArray());
    return new MqttDataTransport(
        config(given), Map.of("kura.service.pid", "test"), crypto, name -> new TimedStrand());
  }

  static MqttDataTransport to(int port, Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>();
    all.put("broker-url", "mqtt://127.0.0.1:" + port + "/");
    all.put("topic.context.account-name", "acme");
    all.put("client-id", "gw/1");
    all.putAll(more);
    return of(all);
  }

  private static MqttTransportConfig config(Map<String, Object> given) {
    return (MqttTransportConfig)
        Proxy.newProxyInstance(
            MqttTransportConfig.class.getClassLoader(),
            new Class<?>[] {MqttTransportConfig.class, Annotation.class},
            (proxy, method, arguments) -> {
              Object value = given.get(method.getName().replace("$_$", "-").replace('_', '.'));
              return value == null ? method.getDefaultValue() : value;
            });
  }

  /** Keeps what the transport tells. */
  static final class Events implements DataTransportListener {
    final BlockingQueue<Object> all = new LinkedBlockingQueue<>();

    Object next() throws InterruptedException {
      return all.poll(10, TimeUnit.SECONDS);
    }

    @Override
    public void onConnectionEstablished(boolean newSession) {
      all.add(newSession ? "established" : "resumed");
    }

    @Override
    public void onDisconnecting() {
      all.add("disconnecting");
    }

    @Override
    public void onDisconnected() {
      all.add("disconnected");
    }

    @Override
    public void onConfigurationUpdating(boolean wasConnected) {
      all.add("updating");
    }

    @Override
    public void onConfigurationUpdated(boolean wasConnected) {
      all.add("updated");
    }

    @Override
    public void onConnectionLost(Throwable cause) {
      all.add("lost");
    }

    @Override
    public void onMessageArrived(String topic, byte[] payload, int qos, boolean retained) {
      all.add(topic + "=" + new String(payload, StandardCharsets.UTF_8));
    }

    @Override
    public void onMessageConfirmed(DataTransportToken token) {
      all.add(token);
    }
  }
}
