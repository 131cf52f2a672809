package org.penstock.bench.cloud;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.data.DataService;
import org.eclipse.kura.data.listener.DataServiceListener;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;
import org.penstock.api.outbox.DurableOutbox;
import org.penstock.api.outbox.OutboxMessage;
import org.penstock.api.outbox.OutboxMessage.Durability;

/**
 * Runs inside the gateway, in a bundle of its own: publishes as it is told over a socket, and tells how
 * long that took. Its port stands in {@code <home>/bench.port}.
 */
public final class Load implements BundleActivator, DataServiceListener {

  private static final int PRIORITY = 7;
  private static final long STEADY_NANOS = 2_000_000;
  private static final long LIMIT_MS = 60_000;

  private final AtomicLong confirmed = new AtomicLong();
  private final AtomicLong published = new AtomicLong();
  private final Map<Integer, Long> live = new ConcurrentHashMap<>();
  private final Map<Integer, Long> early = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
  private volatile ServerSocket server;
  private volatile ServiceTracker<DataService, DataService> tracker;
  private volatile boolean living;

  @Override
  public void start(BundleContext context) throws IOException {
    tracker = new ServiceTracker<>(context, DataService.class, null);
    tracker.open();
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Path home = Path.of(context.getProperty("penstock.home"));
    Files.writeString(home.resolve("bench.port"), server.getLocalPort() + "\n");
    new Thread(this::serve, "bench/load").start();
  }

  @Override
  public void stop(BundleContext context) throws IOException {
    living = false;
    server.close();
    tracker.close();
  }

  private void serve() {
    try (Socket socket = server.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(socket.getOutputStream(), true)) {
      DataService service = tracker.waitForService(LIMIT_MS);
      service.addDataServiceListener(this);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(obey(service, line.split(" ")));
      }
    } catch (IOException | KuraStoreException | KuraConnectException e) {
      System.err.println("bench/load: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String obey(DataService service, String[] words)
      throws KuraStoreException, KuraConnectException, InterruptedException {
    long begin = System.nanoTime();
    switch (words[0]) {
      case "fill" -> fill(service, Integer.parseInt(words[1]), Integer.parseInt(words[2]), 1);
      case "fill0" -> fill(service, Integer.parseInt(words[1]), Integer.parseInt(words[2]), 0);
      case "steady" ->
          steady((DurableOutbox) service, Integer.parseInt(words[1]), Integer.parseInt(words[2]));
      case "connect" -> service.connect();
      case "disconnect" -> service.disconnect(0);
      case "live" -> new Thread(() -> live((DurableOutbox) service), "bench/live").start();
      case "await" -> await(confirmed, Long.parseLong(words[1]));
      case "await0" -> await(published, Long.parseLong(words[1]));
      case "latencies" -> {
        return latencies();
      }
      default -> {
        return "what is " + words[0];
      }
    }
    return Long.toString(System.nanoTime() - begin);
  }

  /** So many messages, group commit, the last one waited for. */
  private static void fill(DataService service, int count, int bytes, int qos)
      throws KuraStoreException {
    DurableOutbox outbox = (DurableOutbox) service;
    byte[] payload = new byte[bytes];
    for (int i = 0; i < count; i++) {
      Durability durability = i == count - 1 ? Durability.GROUP : Durability.RELAXED;
      outbox.publish(
          new OutboxMessage(
              "backlog", "bench/backlog", payload, qos, false, PRIORITY, durability, false));
    }
  }

  /** So many messages, 500 a second. */
  private static void steady(DurableOutbox outbox, int count, int bytes) throws KuraStoreException {
    byte[] payload = new byte[bytes];
    long due = System.nanoTime();
    for (int i = 0; i < count; i++) {
      Durability durability = i == count - 1 ? Durability.GROUP : Durability.RELAXED;
      outbox.publish(
          new OutboxMessage(
              "backlog", "bench/backlog", payload, 1, false, PRIORITY, durability, false));
      due += STEADY_NANOS;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
    }
  }

  private void live(DurableOutbox outbox) {
    living = true;
    byte[] payload = new byte[100];
    try {
      while (living) {
        long begin = System.nanoTime();
        int id =
            outbox.publish(
                new OutboxMessage(
                    "live", "bench/live", payload, 1, false, PRIORITY, Durability.RELAXED, false));
        live.put(id, begin);
        Long already = early.remove(id);
        if (already != null && live.remove(id) != null) {
          latencies.add(already - begin);
        }
        LockSupport.parkNanos(10_000_000);
      }
    } catch (KuraStoreException e) {
      System.err.println("bench/live: " + e);
    }
  }

  private String latencies() {
    living = false;
    long[] all = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
    if (all.length == 0) {
      return "0 0 0";
    }
    return all.length
        + " "
        + all[all.length / 2]
        + " "
        + all[(int) Math.min(all.length - 1, Math.ceil(all.length * 0.99))]
        + " "
        + Arrays.stream(all).max().orElse(0);
  }

  private void await(AtomicLong so, long count) throws InterruptedException {
    while (so.get() < count) {
      Thread.sleep(5);
    }
    confirmed.set(0);
    published.set(0);
  }

  @Override
  public void onMessageConfirmed(int id, String topic) {
    if (topic.equals("bench/backlog")) {
      confirmed.incrementAndGet();
    } else if (topic.equals("bench/live")) {
      long now = System.nanoTime();
      Long begin = live.remove(id);
      if (begin == null) {
        early.put(id, now);
      } else {
        latencies.add(now - begin);
      }
    }
  }

  @Override
  public void onConnectionEstablished() {
    // only confirmations count
  }

  @Override
  public void onDisconnecting() {
    // only confirmations count
  }

  @Override
  public void onDisconnected() {
    // only confirmations count
  }

  @Override
  public void onConnectionLost(Throwable cause) {
    // only confirmations count
  }

  @Override
  public void onMessageArrived(String topic, byte[] payload, int qos, boolean retained) {
    // only confirmations count
  }

  @Override
  public void onMessagePublished(int id, String topic) {
    if (topic.equals("bench/backlog")) {
      published.incrementAndGet();
    }
  }
}
