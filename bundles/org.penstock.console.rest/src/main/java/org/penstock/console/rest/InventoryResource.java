package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Kura's {@code inventory/v1}: what is installed. */
@Component(service = InventoryResource.class, property = "penstock.rest=true")
@Path("inventory/v1")
@RolesAllowed("rest.inventory")
@Produces(MediaType.APPLICATION_JSON)
public final class InventoryResource {

  /** One bundle. */
  record BundleEntry(String name, String version, long id, String state, boolean signed) {}

  /** All bundles. */
  record Bundles(List<BundleEntry> bundles) {}

  private final BundleContext context;

  /** Called by the component runtime. */
  @Activate
  public InventoryResource(BundleContext context) {
    this.context = context;
  }

  /** All bundles in the framework, by id. */
  @GET
  @Path("bundles")
  public Bundles bundles() {
    List<BundleEntry> entries = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      boolean signed = !bundle.getSignerCertificates(Bundle.SIGNERS_ALL).isEmpty();
      entries.add(
          new BundleEntry(
              bundle.getSymbolicName(),
              bundle.getVersion().toString(),
              bundle.getBundleId(),
              state(bundle.getState()),
              signed));
    }
    return new Bundles(entries);
  }

  private static String state(int state) {
    return switch (state) {
      case Bundle.UNINSTALLED -> "UNINSTALLED";
      case Bundle.INSTALLED -> "INSTALLED";
      case Bundle.RESOLVED -> "RESOLVED";
      case Bundle.STARTING -> "STARTING";
      case Bundle.STOPPING -> "STOPPING";
      case Bundle.ACTIVE -> "ACTIVE";
      default -> "UNKNOWN";
    };
  }
}
