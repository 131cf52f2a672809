package org.penstock.bench.cloud;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
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

  /** H2's MVStore, a commit and a force each 10 ms. */
  static Map<String, Double> mvstore(Path folder, int count, int bytes) {
    double cpu = cpuSeconds();
    long begin = System.nanoTime();
    String file = folder.resolve("queue-" + begin + ".mv").toString();
    try (MVStore store = new MVStore.Builder().fileName(file).autoCommitDisabled().open()) {
      MVMap<Integer, byte[]> queue = store.openMap("queue");
      long due = begin + COMMIT_NANOS;
      for (int i = 0; i < count; i++) {
        queue.append(i, new byte[bytes]);
        if (System.nanoTime() >= due) {
          store.commit();
          store.sync();
          due = System.nanoTime() + COMMIT_NANOS;
        }
      }
      store.commit();
      store.sync();
      double seconds = (System.nanoTime() - begin) / 1e9;
      return Map.of("rate", count / seconds, "cpu", (cpuSeconds() - cpu) * 1e6 / count);
    }
  }

  /** mosquitto's own publisher, fed with lines. */
  static Map<String, Double> mosquittoPub(int port, int count, int bytes, int qos)
      throws IOException, InterruptedException, BenchFailure {
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(
                "mosquitto_pub", "-p", "" + port, "-q", "" + qos, "-t", "bench/peer", "-l")
            .redirectErrorStream(true)
            .start();
    byte[] line = new byte[bytes + 1];
    Arrays.fill(line, (byte) 'x');
    line[bytes] = '\n';
    try (OutputStream out = new BufferedOutputStream(process.getOutputStream(), 1 << 16)) {
      for (int i = 0; i < count; i++) {
        out.write(line);
      }
    }
    int status = process.waitFor();
    if (status != 0) {
      throw new BenchFailure("mosquitto_pub ended with " + status);
    }
    return Map.of("rate", count / ((System.nanoTime() - begin) / 1e9));
  }

  /** A bare loop over Paho's asynchronous client. */
  static Map<String, Double> paho(int port, int count, int bytes, int qos)
      throws InterruptedException, BenchFailure {
    CountDownLatch done = new CountDownLatch(count);
    Semaphore window = new Semaphore(IN_FLIGHT);
    try {
      MqttAsyncClient client =
          new MqttAsyncClient("tcp://127.0.0.1:" + port, "peer", new MemoryPersistence());
      MqttConnectOptions options = new MqttConnectOptions();
      options.setMaxInflight(2 * IN_FLIGHT);
      client.connect(options).waitForCompletion();
      client.setCallback(new Counter(done, window));
      double cpu = cpuSeconds();
      long begin = System.nanoTime();
      byte[] payload = new byte[bytes];
      for (int i = 0; i < count; i++) {
        window.acquire();
        client.publish("bench/peer", payload, qos, false);
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

  /** Keeps to the window itself: what the library refuses costs it a message id for ever. */
  private record Counter(CountDownLatch done, Semaphore window) implements MqttCallback {

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
      window.release();
      done.countDown();
    }
  }
}
