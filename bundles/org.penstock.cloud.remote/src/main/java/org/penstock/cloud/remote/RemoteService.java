package org.penstock.cloud.remote;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.asset.AssetService;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerRegistry;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.deployment.hook.DeploymentHook;
import org.eclipse.kura.marshalling.Marshaller;
import org.eclipse.kura.marshalling.Unmarshaller;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.penstock.api.configuration.ConfigurationCheck;
import org.penstock.api.deployment.Deployments;
import org.penstock.api.rest.Dispatcher;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the application ids of remote management at every cloud connection. */
@Component(
    name = RemoteConfig.PID,
    immediate = true,
    service = {RemoteService.class, ConfigurableComponent.class})
@Designate(ocd = RemoteConfig.class)
public final class RemoteService
    implements ConfigurableComponent,
        ServiceTrackerCustomizer<RequestHandlerRegistry, RequestHandlerRegistry> {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteService.class);
  private static final String XML =
      "(kura.service.pid=org.eclipse.kura.xml.marshaller.unmarshaller.provider)";
  private static final String IGNORED = "console.device.management.service.ignore";

  /** Application id to path, and the permission of its callers. */
  private static final Map<String, List<String>> REST =
      Map.ofEntries(
          Map.entry("CONF-V2", List.of("/services/configuration/v2", "rest.configuration")),
          Map.entry("KEYS-V1", List.of("/services/keystores/v1", "rest.keystores")),
          Map.entry("KEYS-V2", List.of("/services/keystores/v2", "rest.keystores")),
          Map.entry("IDN-V1", List.of("/services/identity/v1", "rest.identity")),
          Map.entry("IDN-V2", List.of("/services/identity/v2", "rest.identity")),
          Map.entry("SEC-V1", List.of("/services/security/v1", "rest.security")),
          Map.entry("SEC-V2", List.of("/services/security/v2", "rest.security")),
          Map.entry("SYS-V1", List.of("/services/system/v1", "rest.system")),
          Map.entry("WIRE-V1", List.of("/services/wire/v1", "rest.wires.admin")),
          Map.entry("POS-V1", List.of("/services/position/v1", "rest.position")),
          Map.entry("CLD-V1", List.of("/services/cloudconnection/v1", "rest.cloudconnection")),
          Map.entry("SVCLIST-V1", List.of("/services/serviceListing/v1", "rest.system")),
          Map.entry("NET-STATUS-V1", List.of("/services/networkStatus/v1", "rest.network.status")),
          Map.entry("TAMPER-V1", List.of("/services/tamper/v1", "rest.tamper.detection")));

  private final BundleContext context;
  private final Strand strand;
  private final Map<String, RequestHandler> apps = new TreeMap<>();
  private final ServiceTracker<RequestHandlerRegistry, RequestHandlerRegistry> registries;

  /** Called by the component runtime. */
  @Activate
  public RemoteService(
      BundleContext context,
      RemoteConfig config,
      @Reference Strands strands,
      @Reference Dispatcher dispatcher,
      @Reference Deployments deployments,
      @Reference AssetService assets,
      @Reference ConfigurationService configurations,
      @Reference ConfigurationCheck check,
      @Reference ManagementLink link,
      @Reference CommandService commands,
      @Reference(target = XML) Marshaller marshaller,
      @Reference(target = XML) Unmarshaller unmarshaller) {
    this.context = context;
    strand = strands.open("cloud/remote/later");
    link.limit(Duration.ofSeconds(config.link_limit_s()));
    Bundles bundles = new Bundles(context);
    Path downloads = Path.of(context.getProperty("penstock.home")).resolve("packages/downloads");
    Hooks hooks = new Hooks(config.deployment_hook_associations(), this::hook);
    String ignore = context.getProperty(IGNORED);
    Set<String> ignored = Set.of(ignore == null ? new String[0] : ignore.split(",\\s*"));
    Map<String, RequestHandler> all = new TreeMap<>();
    all.put(
        "CONF-V1",
        new ConfApp(configurations, check, marshaller, unmarshaller, link, strand, ignored));
    all.put(DeployApp.ID, new DeployApp(deployments, bundles, hooks, downloads.toAbsolutePath()));
    all.put("ASSET-V1", new AssetApp(assets));
    all.put("INVENTORY-V1", new InventoryApp(bundles, deployments));
    REST.forEach(
        (id, where) ->
            all.put(id, new RestApp(dispatcher, link, where.get(0), Set.of(where.get(1)))));
    all.keySet().retainAll(Set.of(config.applications()));
    all.put("CMD-V1", commands.app());
    Set<String> requesters = Set.of(config.requesters());
    all.forEach((id, handler) -> apps.put(id, new Guarded(handler, requesters)));
    registries = new ServiceTracker<>(context, RequestHandlerRegistry.class, this);
    registries.open();
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    registries.close();
    strand.close();
  }

  private Optional<DeploymentHook> hook(String pid) {
    try {
      List<ServiceReference<DeploymentHook>> found =
          new ArrayList<>(
              context.getServiceReferences(DeploymentHook.class, "(kura.service.pid=" + pid + ")"));
      return found.stream().findFirst().map(context::getService);
    } catch (InvalidSyntaxException e) {
      return Optional.empty(); // a pid that can't be asked for serves nothing
    }
  }

  @Override
  public RequestHandlerRegistry addingService(ServiceReference<RequestHandlerRegistry> reference) {
    RequestHandlerRegistry registry = context.getService(reference);
    apps.forEach(
        (id, handler) -> {
          try {
            registry.registerRequestHandler(id, handler);
          } catch (KuraException e) {
            LOG.warn("{} is not served at {}: {}", id, reference, e.getMessage());
          }
        });
    return registry;
  }

  @Override
  public void modifiedService(
      ServiceReference<RequestHandlerRegistry> reference, RequestHandlerRegistry registry) {
    // the handlers stay
  }

  @Override
  public void removedService(
      ServiceReference<RequestHandlerRegistry> reference, RequestHandlerRegistry registry) {
    for (String id : apps.keySet()) {
      try {
        registry.unregister(id);
      } catch (KuraException e) {
        LOG.debug("{} can't be taken from {}: {}", id, reference, e.getMessage());
      }
    }
    context.ungetService(reference);
  }
}
