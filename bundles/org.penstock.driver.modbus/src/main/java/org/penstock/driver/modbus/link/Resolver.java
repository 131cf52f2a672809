package org.penstock.driver.modbus.link;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** Host names to addresses. Looking a name up may take long, so each look-up has a thread of its own. */
final class Resolver {

  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern LITERAL =
      Pattern.compile(BYTE + "(\\." + BYTE + "){3}|[0-9a-fA-F:%]*:[0-9a-zA-Z:.%]*");

  private static final int MAX_PORT = 65535;

  private Resolver() {}

  /** What is wrong with an address that comes out unresolved or null, and what to do. */
  static String wrong(String host, int port) {
    return isPort(port)
        ? "host name " + host + " is unknown; check it"
        : "port " + port + " is none; correct it to 1 to " + MAX_PORT;
  }

  /** An address such as 192.168.1.300 is none, and would be looked up as a name. */
  static boolean needsNoNameServer(String host) {
    return LITERAL.matcher(host).matches() || host.equals("localhost");
  }

  private static boolean isPort(int port) {
    return port >= 1 && port <= MAX_PORT;
  }

  /** The address; done at once for numbers and localhost. It may come out unresolved, or null. */
  static CompletableFuture<InetSocketAddress> resolve(String host, int port) {
    if (!isPort(port)) {
      return CompletableFuture.completedFuture(null);
    }
    if (needsNoNameServer(host)) {
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
