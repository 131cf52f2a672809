package org.penstock.driver.modbus.link;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** Host names to addresses. Looking a name up may take long, so each look-up has a thread of its own. */
final class Resolver {

  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:%]*:[0-9a-zA-Z:.%]*");

  private static final int MAX_PORT = 65535;

  private Resolver() {}

  /** What is wrong with an address that comes out unresolved or null, and what to do. */
  static String wrong(String host, int port) {
    return isPort(port)
        ? "host name " + host + " is unknown; check it"
        : "port " + port + " is none; correct it to 1 to " + MAX_PORT;
  }

  private static boolean isPort(int port) {
    return port >= 1 && port <= MAX_PORT;
  }

  /** The address; done at once for numbers and localhost. It may come out unresolved, or null. */
  static CompletableFuture<InetSocketAddress> resolve(String host, int port) {
    if (!isPort(port)) {
      return CompletableFuture.completedFuture(null);
    }
    if (LITERAL.matcher(host).matches() || host.equals("localhost")) {
      return CompletableFuture.completedFuture(new InetSocketAddress(host, port));
    }
    Executor own =
        task -> {
          Thread thread = new Thread(task, "driver/modbus/resolve/" + host);
          thread.setDaemon(true);
          thread.start();
        };
    return CompletableFuture.supplyAsync(() -> new InetSocketAddress(host, port), own);
  }
}
