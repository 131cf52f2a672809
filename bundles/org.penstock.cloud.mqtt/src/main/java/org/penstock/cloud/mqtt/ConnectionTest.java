package org.penstock.cloud.mqtt;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.kura.ssl.SslManagerService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.job.JobKind;
import org.penstock.api.job.Work;
import org.penstock.api.strand.Strands;

/** Tries a connection step by step, as a job, without saving anything. */
@Component
public final class ConnectionTest implements JobKind {

  private final BundleContext context;
  private final Strands strands;

  /** Called by the component runtime. */
  @Activate
  public ConnectionTest(BundleContext context, @Reference Strands strands) {
    this.context = context;
    this.strands = strands;
  }

  @Override
  public String name() {
    return "cloud.test";
  }

  @Override
  public String description() {
    return "Tries a broker: resolve, TCP, TLS, CONNECT, SUBSCRIBE, PUBLISH. Arguments as the MQTT"
        + " transport's keys (broker-url, client-id, username, password, protocol-version, timeout,"
        + " proxy.url, tls.server.name, tls.alpn), ssl.pid (kura.service.pid of the TLS service),"
        + " topic (to publish to and subscribe to; default penstock/test/<client-id>).";
  }

  @Override
  public String permission() {
    return "rest.cloudconnection";
  }

  @Override
  public Work work(Map<String, String> arguments) {
    Map<String, String> all = new TreeMap<>(arguments);
    MqttTransportConfig config = TestConfig.of(all);
    Broker broker = Broker.of(all.get("broker-url"), "", config.client$_$id());
    char[] password = all.getOrDefault("password", "").toCharArray();
    Settings settings = Settings.of(config, broker, password);
    String topic = all.getOrDefault("topic", "penstock/test/" + broker.clientId());
    Optional<SslManagerService> tls = tls(all.getOrDefault("ssl.pid", ""));
    return progress -> new TestSteps(settings, broker, topic, tls, strands).run(progress);
  }

  private Optional<SslManagerService> tls(String pid) {
    if (pid.isEmpty()) {
      return Optional.empty();
    }
    try {
      for (ServiceReference<SslManagerService> each :
          context.getServiceReferences(SslManagerService.class, null)) {
        if (pid.equals(each.getProperty("kura.service.pid"))) {
          return Optional.ofNullable(context.getService(each));
        }
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e); // there is no filter
    }
    throw new IllegalArgumentException("ssl.pid: there is no TLS service " + pid);
  }
}
