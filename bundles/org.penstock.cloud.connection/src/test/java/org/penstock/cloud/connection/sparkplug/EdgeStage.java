package org.penstock.cloud.connection.sparkplug;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.data.DataTransportService;
import org.eclipse.kura.data.DataTransportToken;
import org.eclipse.kura.data.transport.listener.DataTransportListener;
import org.osgi.framework.BundleContext;
import org.penstock.api.mqtt.MqttTransport;
import org.penstock.api.storage.DurableStorage;
import org.penstock.cloud.connection.TestStrands;
import org.penstock.cloud.connection.form.Sample;
import org.penstock.test.sparkplug.Codec;
import org.penstock.test.sparkplug.Host;

/** An edge node, a broker that only hands on, and a host. */
final class EdgeStage implements AutoCloseable {

  static final String NODE = "plant/gw";

  final Codec codec;
  final Host host;
  final Broker broker = new Broker();
  final TestStrands strands = new TestStrands();
  final List<String> outbox = new CopyOnWriteArrayList<>();
  SparkplugTransport node;

  EdgeStage(Codec codec, String... options) {
    this.codec = codec;
    this.host = new Host(codec, NODE);
    begin(options);
  }

  /** The gateway starts, again perhaps. */
  void begin(String... options) {
    Map<String, Object> given = new HashMap<>(Map.of("group.id", "plant", "node.id", "gw"));
    for (String option : options) {
      String[] pair = option.split("=");
      given.put(
          pair[0], pair[1].matches("true|false") ? (Object) Boolean.valueOf(pair[1]) : pair[1]);
    }
    given.put("primary.host.wait.s", 30);
    BundleContext context = proxy(BundleContext.class, (method, arguments) -> home().toString());
    DurableStorage storage =
        proxy(
            DurableStorage.class,
            (method, arguments) -> {
              java.nio.file.Files.createDirectories(((Path) arguments[0]).getParent());
              return java.nio.file.Files.write((Path) arguments[0], (byte[]) arguments[1]);
            });
    node =
        new SparkplugTransport(
            context, config(given), Map.of("kura.service.pid", "edge"), storage, strands);
    broker.listeners.clear();
    node.addDataTransportListener(new Ears());
    node.setMqttTransport(broker);
  }

  private final Path home = temporary();

  private static Path temporary() {
    try {
      return java.nio.file.Files.createTempDirectory("edge");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path home() {
    return home;
  }

  private interface Answer {
    Object to(String method, Object... arguments) throws Exception;
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
  }

  private static SparkplugTransportConfig config(Map<String, Object> given) {
    return (SparkplugTransportConfig)
        Proxy.newProxyInstance(
            SparkplugTransportConfig.class.getClassLoader(),
            new Class<?>[] {SparkplugTransportConfig.class, Annotation.class},
            (proxy, method, arguments) -> {
              Object value = given.get(method.getName().replace('_', '.'));
              return value == null ? method.getDefaultValue() : value;
            });
  }

  /** Connects in a thread of its own, as the data service does, and waits unless a host is awaited. */
  Thread connect() {
    Thread thread =
        new Thread(
            () -> {
              try {
                node.connect();
              } catch (KuraConnectException e) {
                outbox.add("failed " + e.getMessage());
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  void online() {
    Thread thread = connect();
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    settle();
  }

  void settle() {
    strands.settle();
  }

  /** A row of one poll: name=value, ! for a bad one. */
  byte[] row(String device, long time, String... values) {
    return node.row(device, samples(device, time, values));
  }

  private static List<Sample> samples(String device, long time, String... values) {
    return java.util.Arrays.stream(values)
        .map(v -> v.split("="))
        .map(
            v ->
                v[1].equals("!")
                    ? new Sample(device, v[0], null, time, "bad")
                    : new Sample(device, v[0], value(v[1]), time, "good"))
        .toList();
  }

  private static Object value(String text) {
    return text.contains(".") ? (Object) Double.valueOf(text) : Integer.valueOf(text);
  }

  /** The outbox hands the row on. */
  void send(String device, byte[] row) {
    try {
      node.publish(node.rowTopic(device), row, 1, false);
    } catch (KuraException e) {
      throw new AssertionError(e);
    }
  }

  /** A live value. */
  void live(String device, long time, String... values) {
    send(device, row(device, time, values));
  }

  /** A host commands. */
  void command(String topic, String json) {
    broker.arrive("spBv1.0/plant/" + topic, codec.encode(json));
    settle();
  }

  void state(boolean online, long timestamp) {
    broker.arrive(
        "spBv1.0/STATE/scada",
        ("{\"online\":" + online + ",\"timestamp\":" + timestamp + "}")
            .getBytes(StandardCharsets.UTF_8));
    settle();
  }

  @Override
  public void close() {
    node.stop();
    strands.close();
  }

  /** What the data service hears. */
  private final class Ears implements DataTransportListener {

    @Override
    public void onConnectionEstablished(boolean newSession) {
      outbox.add("up");
    }

    @Override
    public void onConnectionLost(Throwable cause) {
      outbox.add("lost");
    }

    @Override
    public void onDisconnecting() {
      // of no interest
    }

    @Override
    public void onDisconnected() {
      outbox.add("down");
    }

    @Override
    public void onConfigurationUpdating(boolean wasConnected) {
      // of no interest
    }

    @Override
    public void onConfigurationUpdated(boolean wasConnected) {
      // of no interest
    }

    @Override
    public void onMessageArrived(String topic, byte[] payload, int qos, boolean retained) {
      outbox.add("message");
    }

    @Override
    public void onMessageConfirmed(DataTransportToken token) {
      outbox.add("confirmed");
    }
  }

  /** Hands messages to the host, and keeps the will. */
  final class Broker implements DataTransportService, MqttTransport {

    final Map<String, Integer> subscriptions = new ConcurrentSkipListMap<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicReference<Supplier<Will>> maker = new AtomicReference<>();
    private final List<DataTransportListener> listeners = new CopyOnWriteArrayList<>();
    private Will will;
    private volatile boolean connected;

    @Override
    public void makeWill(Supplier<Will> now) {
      maker.set(now);
    }

    @Override
    public void nextServer() {
      calls.add("next");
    }

    @Override
    public void connect() {
      will = maker.get().get();
      subscriptions.clear();
      connected = true;
      listeners.forEach(l -> l.onConnectionEstablished(true));
    }

    /** The network breaks; the will is spoken, at once or later. */
    Runnable breakDown() {
      Will last = will;
      connected = false;
      listeners.forEach(l -> l.onConnectionLost(new java.io.IOException("broken")));
      return () -> host.message(last.topic(), last.payload(), last.qos(), last.retain());
    }

    @Override
    public boolean isConnected() {
      return connected;
    }

    @Override
    public void disconnect(long quiesce) {
      if (connected) {
        connected = false;
        listeners.forEach(DataTransportListener::onDisconnected);
      }
    }

    @Override
    public void subscribe(String topic, int qos) {
      subscriptions.put(topic, qos);
    }

    @Override
    public void unsubscribe(String topic) throws KuraException {
      if (!connected) {
        throw new KuraNotConnectedException("broken");
      }
      calls.add("asked");
    }

    @Override
    public DataTransportToken publish(String topic, byte[] payload, int qos, boolean retain)
        throws KuraException {
      if (!connected) {
        throw new KuraNotConnectedException("broken");
      }
      calls.add("sent");
      host.message(topic, payload, qos, retain);
      return null;
    }

    void arrive(String topic, byte[] payload) {
      boolean wanted =
          subscriptions.keySet().stream()
              .anyMatch(
                  f ->
                      f.equals(topic)
                          || f.endsWith("/#") && topic.startsWith(f.substring(0, f.length() - 1)));
      if (wanted) {
        listeners.forEach(l -> l.onMessageArrived(topic, payload, 1, false));
      }
    }

    @Override
    public String getBrokerUrl() {
      return "mqtt://host";
    }

    @Override
    public String getAccountName() {
      return "";
    }

    @Override
    public String getUsername() {
      return "";
    }

    @Override
    public String getClientId() {
      return "";
    }

    @Override
    public void addDataTransportListener(DataTransportListener listener) {
      listeners.add(listener);
    }

    @Override
    public void removeDataTransportListener(DataTransportListener listener) {
      listeners.remove(listener);
    }
  }
}
