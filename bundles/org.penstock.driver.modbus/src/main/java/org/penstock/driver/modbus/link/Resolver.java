package org.penstock.driver.modbus.link;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** Host names to addresses. Looking a name up may take long, so each look-up has a thread of its own. */
final class Resolver {

  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:%]*:[0-9a-zA-Z:.%]*");

  private Resolver() {}

  /** The address; done at once for numbers and localhost. It may come out unresolved. */
  static CompletableFuture<InetSocketAddress> resolve(String host, int port) {
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
