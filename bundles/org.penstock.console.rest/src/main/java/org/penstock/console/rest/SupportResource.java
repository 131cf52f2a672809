package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.system.SystemService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.configuration.SnapshotArchive;
import org.penstock.api.health.Health;
import org.penstock.api.job.Jobs;
import org.penstock.api.rest.RestResource;
import org.penstock.api.security.Caller;

/** What somebody needs who is to find a fault from afar, without any secret. */
@Component(service = SupportResource.class, property = RestResource.PROPERTY)
@Path("api/v1/support-bundle")
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
public final class SupportResource {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final java.nio.file.Path logs;
  private final ConfigurationService configurations;
  private final SnapshotArchive snapshots;
  private final CryptoService crypto;
  private final SystemService system;
  private final Health health;
  private final Jobs jobs;
  private final GatewayResource gateway;
  private final InventoryResource inventory;

  /** Called by the component runtime. */
  @Activate
  public SupportResource(
      BundleContext context,
      @Reference ConfigurationService configurations,
      @Reference SnapshotArchive snapshots,
      @Reference CryptoService crypto,
      @Reference SystemService system,
      @Reference Health health,
      @Reference Jobs jobs,
      @Reference GatewayResource gateway,
      @Reference InventoryResource inventory) {
    this.logs = java.nio.file.Path.of(context.getProperty("penstock.home")).resolve("logs");
    this.configurations = configurations;
    this.snapshots = snapshots;
    this.crypto = crypto;
    this.system = system;
    this.health = health;
    this.jobs = jobs;
    this.gateway = gateway;
    this.inventory = inventory;
  }

  /** A zip: logs, configuration, health, versions, threads. */
  @POST
  @Produces({MediaType.APPLICATION_OCTET_STREAM, MediaType.APPLICATION_JSON})
  public Response bundle() throws IOException, KuraException {
    List<ComponentConfiguration> all = configurations.getComponentConfigurations();
    SupportBundle bundle = new SupportBundle(new Redaction(secrets(all)));
    bundle.json("gateway.json", gateway.gateway());
    bundle.json("health.json", HealthPage.page(health));
    bundle.text("metrics.txt", Metrics.text(health));
    bundle.json("bundles.json", inventory.bundles());
    bundle.configurations(all.stream().map(Definitions::component).toList());
    bundle.json(
        "snapshots.json",
        snapshots.list().stream()
            .map(s -> Map.of("id", s.id(), "author", s.author(), "comment", s.comment()))
            .toList());
    Map<String, String> properties = new HashMap<>();
    system.getProperties().forEach((k, v) -> properties.put(k.toString(), v.toString()));
    bundle.properties(properties);
    bundle.json("jobs.json", jobs.jobs().stream().map(JobsResource::entry).toList());
    bundle.threads(Thread.getAllStackTraces());
    bundle.logs(logs);
    String name = "support-" + STAMP.format(Instant.now()) + ".zip";
    return Response.ok(bundle.bytes(), MediaType.APPLICATION_OCTET_STREAM_TYPE)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .build();
  }

  /** All passwords, encrypted and in clear. */
  private Set<String> secrets(List<ComponentConfiguration> all) {
    Set<String> secrets = new HashSet<>();
    for (ComponentConfiguration one : all) {
      Map<String, Object> properties = one.getConfigurationProperties();
      if (properties == null) {
        continue;
      }
      Definitions.component(one)
          .properties()
          .forEach(
              (key, property) -> {
                if (property.type().equals("PASSWORD")) {
                  texts(properties.get(key)).forEach(text -> add(text, secrets));
                }
              });
    }
    return secrets;
  }

  private static List<String> texts(Object value) {
    if (value instanceof Object[] many) {
      return java.util.Arrays.stream(many).flatMap(one -> texts(one).stream()).toList();
    }
    if (value instanceof Password one) {
      return one.getPassword() == null ? List.of() : List.of(new String(one.getPassword()));
    }
    return value == null ? List.of() : List.of(value.toString());
  }

  private void add(String text, Set<String> secrets) {
    secrets.add(text);
    secrets.add(opened(text));
  }

  private String opened(String text) {
    try {
      return new String(crypto.decryptAes(text.toCharArray()));
    } catch (KuraException e) {
      return text; // it stands in clear already
    }
  }
}
