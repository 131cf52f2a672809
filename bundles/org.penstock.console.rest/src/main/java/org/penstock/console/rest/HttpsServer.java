package org.penstock.console.rest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.security.keystore.KeystoreChangedEvent;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventHandler;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.security.Authenticator;
import org.penstock.api.security.ServerKeys;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configures the HTTP service for HTTPS as soon as the server's key is there and the port is free;
 * an occupied port is said once and tried again each 5 s, while all else runs.
 */
@Component(
    service = {HealthSource.class, EventHandler.class},
    immediate = true,
    property = {
      "event.topics=" + KeystoreChangedEvent.EVENT_TOPIC,
      "event.filter=(sender.pid=HttpsKeystore)"
    })
public final class HttpsServer implements HealthSource, EventHandler {

  private static final Logger LOG = LoggerFactory.getLogger(HttpsServer.class);
  private static final Duration ANSWER = Duration.ofSeconds(2);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Duration LISTENS = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(20);

  /** At work, in turn, are few of them ({@link Turns}): the rest are for new connections. */
  private static final int THREADS = 32;

  private static final int FORGET_LOOKS = 200;
  private static final String PID = "org.apache.felix.http";

  private final ConfigurationAdmin configurations;
  private final Authenticator authenticator;
  private final Strand strand;
  private final int wanted;
  private final AtomicReference<HealthState> state;
  private final AtomicReference<ServerKeys.KeyStoreFile> served = new AtomicReference<>();
  private final AtomicReference<String> expires = new AtomicReference<>("");
  private final AtomicBoolean changed = new AtomicBoolean();
  private final AtomicInteger generation = new AtomicInteger();
  private final AtomicInteger forgotten = new AtomicInteger();

  /** Called by the component runtime. */
  @Activate
  public HttpsServer(
      BundleContext context,
      @Reference ConfigurationAdmin configurations,
      @Reference Authenticator authenticator,
      @Reference ServerKeys keys,
      @Reference Strands strands) {
    this.configurations = configurations;
    this.authenticator = authenticator;
    wanted = Integer.parseInt(context.getProperty("penstock.https.port"));
    state = new AtomicReference<>(state(Level.STARTING, "the server's key is being made", wanted));
    strand = strands.open("console/https");
    keys.https()
        .whenComplete(
            (file, error) ->
                strand.execute(
                    () -> {
                      if (error == null) {
                        open(file);
                      } else {
                        report(Level.FAILED, "no HTTPS: " + error.getMessage(), wanted);
                      }
                    }));
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    strand.close();
  }

  @Override
  public String name() {
    return "console/rest";
  }

  @Override
  public HealthState health() {
    return state.get();
  }

  /**
   * Another key or certificate is in the store: the server takes it, after a moment in which the
   * request that brought it is answered.
   */
  @Override
  public void handleEvent(Event event) {
    if (!changed.compareAndSet(false, true)) {
      return; // one that is about to be done takes this one, too
    }
    strand.after(
        ANSWER,
        () -> {
          changed.set(false);
          ServerKeys.KeyStoreFile file = served.get();
          if (file != null) {
            generation.incrementAndGet();
            configure(file, (Integer) state.get().figures().get("https.port"));
          }
        });
  }

  private void open(ServerKeys.KeyStoreFile file) {
    int port;
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(wanted));
      port = probe.getLocalPort();
    } catch (IOException e) {
      if (forgetLastRun()) {
        strand.after(LOOK, () -> open(file));
        return;
      }
      report(
          Level.FAILED,
          "HTTPS port "
              + wanted
              + " can't be opened ("
              + e.getMessage()
              + "); stop what occupies it or start with another --https-port; tried again each "
              + RETRY.toSeconds()
              + " s",
          wanted);
      strand.after(RETRY, () -> open(file));
      return;
    }
    configure(file, port);
  }

  /**
   * The HTTP service of a gateway that was started again opens the last run's port by itself, from
   * the configuration that was kept: that is no stranger on our port.
   */
  private boolean forgetLastRun() {
    try {
      Configuration kept = configurations.getConfiguration(PID, null);
      if (kept.getProperties() != null) {
        kept.delete();
        forgotten.set(FORGET_LOOKS);
      }
      return forgotten.getAndDecrement() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void configure(ServerKeys.KeyStoreFile file, int port) {
    try {
      ServerCertificate.check(file, Instant.now());
      Configuration configuration = configurations.getConfiguration(PID, null);
      Dictionary<String, Object> settings = settings(file, port);
      settings.put("penstock.keystore.generation", generation.get());
      if (authenticator.certificates()) {
        clients(file).forEach(settings::put);
      }
      configuration.update(settings);
      served.set(file);
      confirm(port, Instant.now().plus(LISTENS));
    } catch (GeneralSecurityException e) {
      report(Level.FAILED, "no HTTPS: " + e.getMessage(), port);
    } catch (IOException e) {
      report(Level.FAILED, "the HTTP service can't be configured: " + e.getMessage(), port);
    }
  }

  /** The HTTP service says nothing when it does not listen: only a connection shows that it does. */
  private void confirm(int port, Instant until) {
    try (Socket probe = new Socket()) {
      probe.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
          (int) LOOK.toMillis() * 10);
      listens(port);
    } catch (IOException e) {
      boolean late = Instant.now().isAfter(until);
      if (late) {
        report(
            Level.FAILED,
            "HTTPS does not listen on port "
                + port
                + " after "
                + LISTENS.toSeconds()
                + " s; the HTTP service's reason is in the log",
            port);
      }
      strand.after(late ? RETRY : LOOK, () -> confirm(port, until));
    }
  }

  /** It does; whether clients take its certificate is looked at until they do. */
  private void listens(int port) {
    String warning;
    try {
      ServerCertificate.Verdict verdict = ServerCertificate.check(served.get(), Instant.now());
      warning = verdict.problem();
      expires.set(verdict.expires().toString());
    } catch (GeneralSecurityException e) {
      warning = e.getMessage(); // what was read before is still served
    }
    report(warning.isEmpty() ? Level.OK : Level.DEGRADED, warning, port);
    if (!warning.isEmpty()) {
      int now = generation.get();
      strand.after(
          RETRY,
          () -> {
            if (generation.get() == now) {
              listens(port);
            }
          });
    }
  }

  private static Dictionary<String, Object> settings(ServerKeys.KeyStoreFile file, int port) {
    Dictionary<String, Object> settings = new Hashtable<>();
    settings.put("org.apache.felix.http.enable", false);
    settings.put("org.apache.felix.https.enable", true);
    settings.put("org.osgi.service.http.port.secure", port);
    settings.put("org.apache.felix.https.keystore", file.file().toString());
    settings.put("org.apache.felix.https.keystore.password", file.password());
    settings.put("org.apache.felix.https.keystore.key.password", file.password());
    settings.put("org.apache.felix.https.keystore.type", "PKCS12");
    settings.put(
        "org.apache.felix.https.jetty.protocols.included", new String[] {"TLSv1.2", "TLSv1.3"});
    settings.put("org.apache.felix.http.jetty.sendServerHeader", false);
    settings.put("org.apache.felix.http.timeout", 30_000);
    settings.put("org.apache.felix.http.jetty.headerBufferSize", 8192);
    settings.put("org.apache.felix.https.jetty.renegotiateAllowed", false);
    settings.put("org.apache.felix.http.jetty.acceptors", 1);
    settings.put("org.apache.felix.http.jetty.selectors", 1);
    settings.put("org.apache.felix.http.jetty.threadpool.max", THREADS);
    settings.put("org.apache.felix.https.jetty.session.cookie.httpOnly", true);
    return settings;
  }

  /** Asks clients for certificates; whoever has none gets in all the same, to log in otherwise. */
  private static Map<String, Object> clients(ServerKeys.KeyStoreFile file) {
    return Map.of(
        "org.apache.felix.https.clientcertificate",
        "wants",
        "org.apache.felix.https.truststore",
        file.file().toString(),
        "org.apache.felix.https.truststore.password",
        file.password(),
        "org.apache.felix.https.truststore.type",
        "PKCS12");
  }

  private void report(Level level, String reason, int port) {
    HealthState before = state.get();
    boolean isNewReason = !before.reason().equals(reason);
    HealthState now = state(level, reason, port);
    if (before.level() != level || isNewReason || !before.figures().equals(now.figures())) {
      state.set(now);
    }
    if (level == Level.FAILED && isNewReason) {
      LOG.error("{}", reason);
    } else if (before.level() != level) { // the reason of a certificate changes with the time
      LOG.info("HTTPS on port {}{}", port, reason.isEmpty() ? "" : "; " + reason);
    }
  }

  private HealthState state(Level level, String reason, int port) {
    String end = expires.get();
    return new HealthState(
        level,
        reason,
        Instant.now(),
        end.isEmpty()
            ? Map.of("https.port", port)
            : Map.of("https.port", port, "certificate.expires", end));
  }
}
