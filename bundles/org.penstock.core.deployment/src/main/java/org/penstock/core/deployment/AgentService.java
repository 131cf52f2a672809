package org.penstock.core.deployment;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.kura.deployment.agent.DeploymentAgentService;
import org.eclipse.kura.deployment.agent.MarketplacePackageDescriptor;
import org.eclipse.kura.ssl.SslManagerService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.penstock.api.deployment.Deployments;
import org.penstock.api.deployment.Download;
import org.penstock.api.deployment.Origin;
import org.penstock.api.deployment.Outcome;
import org.penstock.api.deployment.Outcome.Result;

/**
 * Kura's deployment agent: installs from a URL and uninstalls by name in the background, and tells
 * the end by an event.
 */
@Component(service = {DeploymentAgentService.class, AgentService.class})
public final class AgentService implements DeploymentAgentService {

  private static final Origin ORIGIN = new Origin("", "agent");

  private final Deployments deployments;
  private final EventAdmin events;
  private final Path tmp;
  private final Set<String> installing = ConcurrentHashMap.newKeySet();
  private final Set<String> uninstalling = ConcurrentHashMap.newKeySet();

  /** Called by the component runtime. */
  @Activate
  public AgentService(
      BundleContext context, @Reference Deployments deployments, @Reference EventAdmin events) {
    this.deployments = deployments;
    this.events = events;
    tmp = Path.of(context.getProperty("penstock.home")).resolve("tmp");
  }

  @Override
  public void installDeploymentPackageAsync(String url) {
    URI uri = URI.create(url);
    if (!installing.add(url)) {
      throw new IllegalStateException("Element already exists");
    }
    if ("file".equalsIgnoreCase(uri.getScheme())) {
      deployments
          .install(Path.of(uri), ORIGIN)
          .outcome()
          .whenComplete((o, e) -> installed(url, o, e));
      return;
    }
    Path target = tmp.resolve("agent-" + Integer.toHexString(url.hashCode()) + ".dp");
    deployments
        .download(Download.of(uri, target), ORIGIN, job -> {})
        .outcome()
        .whenComplete((o, e) -> downloaded(url, target, o, e));
  }

  private void downloaded(String url, Path target, Outcome outcome, Throwable error) {
    if (error != null || outcome.result() != Result.DONE) {
      installed(url, outcome, error);
      return;
    }
    deployments
        .install(target, ORIGIN)
        .outcome()
        .whenComplete(
            (o, e) -> {
              try {
                Files.deleteIfExists(target);
              } catch (IOException left) {
                org.slf4j.LoggerFactory.getLogger(AgentService.class)
                    .warn("{} can't be deleted: {}", target, left.getMessage());
              }
              installed(url, o, e);
            });
  }

  private void installed(String url, Outcome outcome, Throwable error) {
    installing.remove(url);
    Map<String, Object> properties = properties(outcome, error);
    properties.put(EVENT_PACKAGE_URL, url);
    events.postEvent(new Event(EVENT_INSTALLED_TOPIC, properties));
  }

  private static Map<String, Object> properties(Outcome outcome, Throwable error) {
    Map<String, Object> properties = new HashMap<>();
    boolean successful = error == null && outcome.result() == Result.DONE;
    properties.put(EVENT_PACKAGE_NAME, outcome == null ? "" : outcome.name());
    properties.put(EVENT_PACKAGE_VERSION, outcome == null ? "" : outcome.version());
    properties.put(EVENT_SUCCESSFUL, successful);
    if (!successful) {
      String reason = error == null ? outcome.reason() : String.valueOf(error);
      properties.put(EVENT_EXCEPTION, new IllegalStateException(reason));
    }
    return properties;
  }

  @Override
  public void uninstallDeploymentPackageAsync(String name) {
    if (!uninstalling.add(name)) {
      throw new IllegalStateException("Element already exists");
    }
    deployments
        .uninstall(name, ORIGIN)
        .outcome()
        .whenComplete(
            (o, e) -> {
              uninstalling.remove(name);
              Map<String, Object> properties = properties(o, e);
              properties.put(EVENT_PACKAGE_NAME, name);
              events.postEvent(new Event(EVENT_UNINSTALLED_TOPIC, properties));
            });
  }

  @Override
  public boolean isInstallingDeploymentPackage(String url) {
    return installing.contains(url);
  }

  @Override
  public boolean isUninstallingDeploymentPackage(String name) {
    return uninstalling.contains(name);
  }

  @Override
  public MarketplacePackageDescriptor getMarketplacePackageDescriptor(String url) {
    return MarketplacePackageDescriptor.builder().url(url).build(); // no market place is asked
  }

  @Override
  public MarketplacePackageDescriptor getMarketplacePackageDescriptor(
      String url, SslManagerService ssl) {
    return getMarketplacePackageDescriptor(url);
  }
}
