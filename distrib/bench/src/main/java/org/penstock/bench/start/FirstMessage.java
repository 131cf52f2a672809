package org.penstock.bench.start;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.penstock.bench.BenchFailure;

/** Waits for the first message on some topics and takes a reading at that very moment. */
final class FirstMessage<T> implements AutoCloseable {

  private final MqttClient client;
  private final CompletableFuture<T> first = new CompletableFuture<>();

  FirstMessage(int port, String topics, Supplier<T> reading) throws BenchFailure {
    try {
      client = new MqttClient("tcp://127.0.0.1:" + port, "bench", new MemoryPersistence());
      client.connect();
      client.subscribe(
          topics,
          1,
          (topic, message) -> {
            if (!first.isDone()) {
              first.complete(reading.get());
            }
          });
    } catch (MqttException e) {
      throw new BenchFailure("the broker does not take a subscriber: " + e.getMessage(), e);
    }
  }

  /** The reading. */
  T await(long seconds) throws InterruptedException, BenchFailure {
    try {
      return first.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new BenchFailure("no value within " + seconds + " s", e);
    } catch (ExecutionException e) {
      throw new BenchFailure("no reading: " + e.getCause(), e);
    }
  }

  @Override
  public void close() throws BenchFailure {
    try {
      client.disconnectForcibly(100, 100);
      client.close();
    } catch (MqttException e) {
      throw new BenchFailure("the subscriber does not end: " + e.getMessage(), e);
    }
  }
}
