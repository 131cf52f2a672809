package org.penstock.driver.zigbee2mqtt;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.penstock.api.driver.LinkState;
import org.penstock.api.mqtt.MqttLink;
import org.penstock.api.mqtt.MqttLinkListener;
import org.penstock.api.mqtt.MqttLinkOptions;
import org.penstock.api.mqtt.MqttLinks;
import org.penstock.driver.kit.conformance.Fault;

/**
 * A broker and a Zigbee2MQTT on it, in memory: tells its state and devices when somebody subscribes,
 * answers get and set of the lamp and the probe. The real broker's turn comes in distrib/acceptance.
 */
final class FakeBridge implements MqttLinks {

  private static final String BASE = "zigbee2mqtt";

  private final List<Linked> links = new CopyOnWriteArrayList<>();
  private final JsonObject lamp =
      JsonParser.parseString(
              "{\"state\":\"OFF\",\"brightness\":20,\"color\":{\"x\":0.3,\"y\":0.6}}")
          .getAsJsonObject();
  private final JsonObject probe =
      JsonParser.parseString("{\"temperature\":-18.5,\"humidity\":40,\"battery\":97}")
          .getAsJsonObject();
  private volatile Fault fault = Fault.NONE;

  @Override
  public MqttLink open(MqttLinkOptions options, MqttLinkListener listener) {
    Linked link = new Linked(listener);
    links.add(link);
    link.tell(fault != Fault.ABSENT);
    return link;
  }

  void set(Fault now) {
    fault = now;
    links.forEach(link -> link.tell(now != Fault.ABSENT));
  }

  int open() {
    return links.size();
  }

  /** Something below the base topic, as if another client had published it. */
  void publish(String topic, String payload) {
    links.forEach(link -> link.hear(topic, payload));
  }

  private final class Linked implements MqttLink {
    private final MqttLinkListener listener;

    Linked(MqttLinkListener listener) {
      this.listener = listener;
    }

    void tell(boolean up) {
      listener.state(
          new LinkState(
              up ? LinkState.Phase.ONLINE : LinkState.Phase.OFFLINE,
              up ? "" : "connection refused",
              Instant.now()));
      if (up) {
        retained();
      }
    }

    private void retained() {
      try (var in = FakeBridge.class.getResourceAsStream("/devices.json")) {
        hear("bridge/state", "{\"state\":\"online\"}");
        hear("bridge/devices", new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException missing) {
        throw new IllegalStateException(missing);
      }
    }

    void hear(String topic, String payload) {
      listener.message(BASE + "/" + topic, payload.getBytes(StandardCharsets.UTF_8), false);
    }

    @Override
    public LinkState state() {
      throw new UnsupportedOperationException("told to the listener");
    }

    @Override
    public void subscribe(String filter, int qos) {
      if (!filter.equals(BASE + "/#")) {
        throw new IllegalArgumentException(filter);
      }
      if (fault != Fault.ABSENT) {
        retained();
      }
    }

    @Override
    public void unsubscribe(String filter) {
      throw new UnsupportedOperationException("never used");
    }

    @Override
    public CompletionStage<Void> publish(String topic, byte[] payload, int qos, boolean retain) {
      if (fault == Fault.ABSENT) {
        return CompletableFuture.failedFuture(new IllegalStateException("connection refused"));
      }
      String text = new String(payload, StandardCharsets.UTF_8);
      if (fault == Fault.NONE) {
        answer(topic.substring(BASE.length() + 1), JsonParser.parseString(text).getAsJsonObject());
      }
      return CompletableFuture.completedFuture(null);
    }

    private void answer(String rest, JsonObject asked) {
      if (rest.equals("lamp/set")) {
        asked.entrySet().forEach(e -> lamp.add(e.getKey(), e.getValue()));
      }
      if (rest.startsWith("lamp/")) {
        hear("lamp", lamp.toString());
      } else if (rest.equals("cold store/probe/get")) {
        hear("cold store/probe", probe.toString());
      }
    }

    @Override
    public void close() {
      links.remove(this);
    }
  }
}
