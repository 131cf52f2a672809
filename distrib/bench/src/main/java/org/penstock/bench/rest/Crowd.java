package org.penstock.bench.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** Many clients, each asking as fast as it is answered, and many watchers, each of one asset. */
final class Crowd implements AutoCloseable {

  private static final int ADDRESSES = 20;
  private static final int FIRST_GUESSER = 100;

  private final int port;
  private final String password;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Connection> open = new ArrayList<>();
  private final ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
  private final LongAdder refused = new LongAdder();
  private final LongAdder guesses = new LongAdder();
  private volatile boolean measuring;
  private volatile boolean over;

  Crowd(int port, String password) {
    this.port = port;
    this.password = password;
  }

  void clients(int count, String path) throws IOException {
    for (int i = 0; i < count; i++) {
      Connection connection = connect(i);
      start("client-" + i, () -> ask(connection, path));
    }
  }

  /** Addresses that try one wrong password after the other, each as fast as it is answered. */
  void guessers(int count, String path) throws IOException {
    for (int i = 0; i < count; i++) {
      Connection connection = new Connection(port, FIRST_GUESSER + i, password + " wrong");
      open.add(connection);
      start("guesser-" + i, () -> guess(connection, path));
    }
  }

  private void guess(Connection connection, String path) {
    try {
      while (!over) {
        int status = connection.get(path);
        if (status == 401 || status == 429) {
          guesses.increment();
        } else {
          refused.increment();
        }
      }
    } catch (IOException e) {
      if (!over) {
        refused.increment();
      }
    }
  }

  private void ask(Connection connection, String path) {
    try {
      while (!over) {
        long begin = System.nanoTime();
        int status = connection.get(path);
        if (status != 200) {
          refused.increment();
        } else if (measuring) {
          millis.add((System.nanoTime() - begin) / 1e6);
        }
      }
    } catch (IOException e) {
      if (!over) {
        refused.increment();
      }
    }
  }

  void watchers(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Connection connection = connect(i);
      String path = "/api/v1/events?types=values&assets=asset" + i;
      start("watcher-" + i, () -> watch(connection, path));
    }
  }

  private void watch(Connection connection, String path) {
    try {
      connection.watch(path);
    } catch (IOException e) {
      if (!over) {
        refused.increment();
      }
    }
  }

  private Connection connect(int number) throws IOException {
    Connection connection = new Connection(port, 2 + number % ADDRESSES, password);
    open.add(connection);
    return connection;
  }

  private void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  void measure(boolean on) {
    measuring = on;
  }

  List<Double> millis() {
    return List.copyOf(millis);
  }

  long guesses() {
    return guesses.sum();
  }

  long refused() {
    return refused.sum();
  }

  @Override
  public void close() throws IOException {
    over = true;
    for (Connection connection : open) {
      connection.close();
    }
  }
}
