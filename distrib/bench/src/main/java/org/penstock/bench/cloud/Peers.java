package org.penstock.bench.cloud;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.penstock.bench.BenchFailure;

/** What the product is measured beside, in this process. */
final class Peers {

  private static final long COMMIT_NANOS = 10_000_000;
  private static final int IN_FLIGHT = 1000;

  private Peers() {}

  private static double cpuSeconds() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  /** SQLite, WAL, synchronous FULL, a commit each 10 ms. */
  static Map<String, Double> sqlite(Path folder, int count, int bytes)
      throws IOException, BenchFailure {
    double cpu = cpuSeconds();
    long begin = System.nanoTime();
    Path file = folder.resolve("queue-" + begin + ".db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("pragma journal_mode=wal");
      statement.execute("pragma synchronous=full");
      statement.execute(
          "create table queue(id integer primary key, topic text, priority int, payload blob)");
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("insert into queue(topic,priority,payload) values(?,?,?)")) {
        insert(connection, insert, count, new byte[bytes]);
      }
    } catch (SQLException e) {
      throw new BenchFailure("SQLite does not work: " + e.getMessage(), e);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    return Map.of("rate", count / seconds, "cpu", (cpuSeconds() - cpu) * 1e6 / count);
  }

  private static void insert(
      Connection connection, PreparedStatement insert, int count, byte[] payload)
      throws SQLException {
    long due = System.nanoTime() + COMMIT_NANOS;
    for (int i = 0; i < count; i++) {
      insert.setString(1, "bench/backlog");
      insert.setInt(2, 7);
      insert.setBytes(3, payload);
      insert.executeUpdate();
      if (System.nanoTime() >= due) {
        connection.commit();
        due = System.nanoTime() + COMMIT_NANOS;
      }
    }
    connection.commit();
  }

  /** A bare loop over Paho's asynchronous client, QoS 1. */
  static Map<String, Double> paho(int port, int count, int bytes)
      throws InterruptedException, BenchFailure {
    CountDownLatch done = new CountDownLatch(count);
    try {
      MqttAsyncClient client =
          new MqttAsyncClient("tcp://127.0.0.1:" + port, "peer", new MemoryPersistence());
      MqttConnectOptions options = new MqttConnectOptions();
      options.setMaxInflight(IN_FLIGHT);
      client.connect(options).waitForCompletion();
      client.setCallback(new Counter(done));
      double cpu = cpuSeconds();
      long begin = System.nanoTime();
      byte[] payload = new byte[bytes];
      for (int i = 0; i < count; i++) {
        publish(client, payload);
      }
      done.await();
      double seconds = (System.nanoTime() - begin) / 1e9;
      double used = cpuSeconds() - cpu;
      client.disconnect().waitForCompletion();
      client.close();
      return Map.of("rate", count / seconds, "cpu", used * 1e6 / count);
    } catch (MqttException e) {
      throw new BenchFailure("the bare loop does not work: " + e.getMessage(), e);
    }
  }

  private static void publish(MqttAsyncClient client, byte[] payload) throws MqttException {
    while (true) {
      try {
        client.publish("bench/peer", payload, 1, false);
        return;
      } catch (MqttException e) {
        if (e.getReasonCode() != MqttException.REASON_CODE_MAX_INFLIGHT) {
          throw e;
        }
        LockSupport.parkNanos(100_000);
      }
    }
  }

  private record Counter(CountDownLatch done) implements MqttCallback {

    @Override
    public void connectionLost(Throwable cause) {
      System.err.println("the bare loop lost its broker: " + cause);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      throw new IllegalStateException("nothing was subscribed");
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      done.countDown();
    }
  }
}
