package org.penstock.cloud.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.eclipse.kura.ssl.SslManagerService;
import org.penstock.api.job.JobException;
import org.penstock.api.job.Progress;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** The steps of a connection test; ends at the first that fails. */
final class TestSteps implements Client.Sink {

  /** One step's result. */
  private record Result(String step, boolean ok, String detail) {

    String json() {
      return "{\"step\":\"%s\",\"ok\":%s,\"detail\":\"%s\"}"
          .formatted(
              step, ok, detail.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " "));
    }
  }

  /** Does a step; gives what is worth telling. */
  private interface Step {
    String run() throws IOException, GeneralSecurityException, ClientException;
  }

  private final Settings settings;
  private final Broker broker;
  private final String topic;
  private final Optional<SslManagerService> tls;
  private final Strands strands;
  private final URI uri;
  private final List<Result> results = new ArrayList<>();
  private final CountDownLatch arrived = new CountDownLatch(1);

  TestSteps(
      Settings settings,
      Broker broker,
      String topic,
      Optional<SslManagerService> tls,
      Strands strands) {
    this.settings = settings;
    this.broker = broker;
    this.topic = topic;
    this.tls = tls;
    this.strands = strands;
    this.uri = URI.create(broker.uri());
  }

  /** Gives the results as JSON. */
  String run(Progress progress) throws JobException {
    boolean direct = settings.route().isDirect();
    boolean well = !direct || step(progress, 0, "resolve", this::resolve);
    well = well && (!direct || step(progress, 15, "tcp", this::tcp));
    well = well && (!broker.secure() || step(progress, 30, "tls", this::secure));
    if (well) {
      session(progress);
    }
    String json = results.stream().map(Result::json).collect(Collectors.joining(",", "[", "]"));
    Result last = results.get(results.size() - 1);
    if (!last.ok()) {
      throw JobException.after(last.step() + ": " + last.detail(), json);
    }
    return json;
  }

  private boolean step(Progress progress, int percent, String name, Step step) {
    progress.report(percent, name);
    try {
      results.add(new Result(name, true, step.run()));
      return true;
    } catch (IOException | GeneralSecurityException | ClientException e) {
      results.add(new Result(name, false, Failure.describe(broker.shown(), e)));
      return false;
    }
  }

  private String resolve() throws IOException {
    return Arrays.stream(InetAddress.getAllByName(uri.getHost()))
        .map(InetAddress::getHostAddress)
        .collect(Collectors.joining(", "));
  }

  private String tcp() throws IOException {
    try (BrokerSocket socket = new BrokerSocket(settings.route())) {
      long begin = System.nanoTime();
      socket.connect(
          new java.net.InetSocketAddress(uri.getHost(), uri.getPort()), (int) settings.timeoutMs());
      return (System.nanoTime() - begin) / 1_000_000 + " ms";
    }
  }

  private SSLSocketFactory maker() throws GeneralSecurityException, IOException {
    return tls.isPresent()
        ? tls.get().getSSLSocketFactory()
        : (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  /** Shows the chain even when it is not trusted, then has it checked. */
  private String secure() throws IOException, GeneralSecurityException {
    String chain = chain();
    try (BrokerSocket socket = new BrokerSocket(settings.route().with(maker()))) {
      socket.connect(
          new java.net.InetSocketAddress(uri.getHost(), uri.getPort()), (int) settings.timeoutMs());
      return chain;
    } catch (IOException e) {
      throw new IOException(Failure.describe(broker.shown(), e) + "; chain: " + chain);
    }
  }

  private String chain() throws GeneralSecurityException, IOException {
    SSLContext any = SSLContext.getInstance("TLS");
    any.init(null, new TrustManager[] {new AnyCertificate()}, null);
    try (BrokerSocket socket = new BrokerSocket(settings.route())) {
      socket.connect(
          new java.net.InetSocketAddress(uri.getHost(), uri.getPort()), (int) settings.timeoutMs());
      socket.setSoTimeout((int) settings.timeoutMs());
      try (SSLSocket over =
          (SSLSocket)
              any.getSocketFactory().createSocket(socket, uri.getHost(), uri.getPort(), true)) {
        over.startHandshake();
        return Arrays.stream(over.getSession().getPeerCertificates())
            .map(TestSteps::words)
            .collect(Collectors.joining("; "));
      }
    }
  }

  private static String words(Certificate certificate) {
    return certificate instanceof X509Certificate x
        ? x.getSubjectX500Principal().getName() + " until " + x.getNotAfter().toInstant()
        : certificate.getType();
  }

  private void session(Progress progress) {
    Strand strand = strands.open("cloud/test/" + broker.clientId());
    Sockets sockets = new Sockets();
    Client[] client = new Client[1];
    try {
      boolean well =
          step(
              progress,
              50,
              "connect",
              () -> {
                sockets.use(broker.secure() ? settings.route().with(maker()) : settings.route());
                Target target = new Target(broker.uri(), broker.clientId(), sockets, strand);
                client[0] =
                    settings.isFive()
                        ? new Client5(settings, target)
                        : new Client3(settings, target);
                new Link(new Link.Session(client[0], "test", sockets, broker, false))
                    .open(settings.timeoutMs(), this);
                return "receive maximum " + client[0].receiveMaximum();
              });
      well = well && step(progress, 70, "subscribe", () -> subscribe(client[0]));
      if (well) {
        step(progress, 85, "publish", () -> publish(client[0]));
      }
    } finally {
      if (client[0] != null) {
        client[0].close();
      }
      strand.close();
    }
  }

  private String subscribe(Client client) throws ClientException {
    client.subscribe(topic, 1);
    return topic;
  }

  private String publish(Client client) throws ClientException, IOException {
    long begin = System.nanoTime();
    client.publish(topic, new byte[0], 1, false);
    try {
      if (!arrived.await(settings.timeoutMs(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the message to " + topic + " did not come back; check the rights");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return "back after " + (System.nanoTime() - begin) / 1_000_000 + " ms";
  }

  @Override
  public void lost(Throwable cause) {
    // the step that is running fails by itself
  }

  @Override
  public void arrived(String from, byte[] payload, int qos, boolean retained) {
    if (from.equals(topic)) {
      arrived.countDown();
    }
  }

  @Override
  public void done(int id, int size, boolean delivered, String refusal) {
    // the message's way back counts
  }
}
