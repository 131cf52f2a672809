package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.kura.KuraProcessExecutionErrorException;
import org.eclipse.kura.system.SystemResourceInfo;
import org.eclipse.kura.system.SystemService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.deploymentadmin.BundleInfo;
import org.osgi.service.deploymentadmin.DeploymentAdmin;
import org.osgi.service.deploymentadmin.DeploymentPackage;
import org.penstock.api.rest.RestResource;

/** Kura's {@code inventory/v1}: what is installed. */
@Component(service = InventoryResource.class, property = RestResource.PROPERTY)
@Path("inventory/v1")
@RolesAllowed("rest.inventory")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class InventoryResource {

  /** One bundle. */
  record BundleEntry(String name, String version, long id, String state, boolean signed) {}

  /** All bundles. */
  record Bundles(List<BundleEntry> bundles) {}

  /** Anything that is installed. */
  record Item(String name, String version, String type) {}

  /** All of it. */
  record Inventory(List<Item> inventory) {}

  /** A bundle of a package. */
  record PackagedBundle(String name, String version) {}

  /** One deployment package. */
  record PackageEntry(String name, String version, boolean signed, List<PackagedBundle> bundles) {}

  /** All deployment packages. */
  record Packages(List<PackageEntry> deploymentPackages) {}

  /** Packages of the operating system. */
  record SystemPackages(List<Item> systemPackages) {}

  /** Which bundle; without version the one there is. */
  record Wish(String name, String version) {}

  private final BundleContext context;
  private final DeploymentAdmin packages;
  private final SystemService system;

  /** Called by the component runtime. */
  @Activate
  public InventoryResource(
      BundleContext context, @Reference DeploymentAdmin packages, @Reference SystemService system) {
    this.context = context;
    this.packages = packages;
    this.system = system;
  }

  /** Bundles, deployment packages and packages of the operating system together. */
  @GET
  @Path("inventory")
  public Inventory inventory() {
    List<Item> items = new ArrayList<>();
    bundles().bundles().forEach(b -> items.add(new Item(b.name(), b.version(), "BUNDLE")));
    deploymentPackages()
        .deploymentPackages()
        .forEach(p -> items.add(new Item(p.name(), p.version(), "DP")));
    items.addAll(ofSystem());
    return new Inventory(items);
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

  /** Starts a bundle. */
  @POST
  @Path("bundles/_start")
  public Response start(Wish wish) {
    Bundle bundle = find(wish);
    try {
      bundle.start();
      return Response.noContent().build();
    } catch (BundleException e) {
      throw new InternalServerErrorException(
          bundle.getSymbolicName() + " can't be started: " + e.getMessage(), e);
    }
  }

  /** Stops a bundle; the framework itself and this door are not stopped so. */
  @POST
  @Path("bundles/_stop")
  public Response stop(Wish wish) {
    Bundle bundle = find(wish);
    if (bundle.getBundleId() == 0 || bundle.equals(context.getBundle())) {
      throw new BadRequestException(bundle.getSymbolicName() + " is not stopped over REST");
    }
    try {
      bundle.stop();
      return Response.noContent().build();
    } catch (BundleException e) {
      throw new InternalServerErrorException(
          bundle.getSymbolicName() + " can't be stopped: " + e.getMessage(), e);
    }
  }

  private Bundle find(Wish wish) {
    if (wish.name() == null) {
      throw new BadRequestException("the name is missing; give {\"name\":\"..\"}");
    }
    for (Bundle bundle : context.getBundles()) {
      if (wish.name().equals(bundle.getSymbolicName())
          && (wish.version() == null || wish.version().equals(bundle.getVersion().toString()))) {
        return bundle;
      }
    }
    throw new NotFoundException("Not found.");
  }

  /** All deployment packages. */
  @GET
  @Path("deploymentPackages")
  public Packages deploymentPackages() {
    List<PackageEntry> entries = new ArrayList<>();
    for (DeploymentPackage one : packages.listDeploymentPackages()) {
      List<PackagedBundle> bundles = new ArrayList<>();
      boolean signed = true;
      for (BundleInfo info : one.getBundleInfos()) {
        bundles.add(new PackagedBundle(info.getSymbolicName(), info.getVersion().toString()));
        Bundle bundle = one.getBundle(info.getSymbolicName());
        signed &= bundle != null && !bundle.getSignerCertificates(Bundle.SIGNERS_ALL).isEmpty();
      }
      entries.add(
          new PackageEntry(
              one.getName(), one.getVersion().toString(), signed && !bundles.isEmpty(), bundles));
    }
    return new Packages(entries);
  }

  /** Packages of the operating system. */
  @GET
  @Path("systemPackages")
  public SystemPackages systemPackages() {
    return new SystemPackages(ofSystem());
  }

  private List<Item> ofSystem() {
    List<Item> items = new ArrayList<>();
    try {
      for (SystemResourceInfo info : system.getSystemPackages()) {
        items.add(new Item(info.getName(), info.getVersion(), info.getType().name()));
      }
      return items;
    } catch (KuraProcessExecutionErrorException e) {
      throw new InternalServerErrorException(
          "the packages of the operating system can't be listed: " + e.getMessage(), e);
    }
  }

  /** Containers are not managed here. */
  @GET
  @Path("containers")
  public Response containers() {
    return absent();
  }

  /** Container images are not managed here. */
  @GET
  @Path("images")
  public Response images() {
    return absent();
  }

  /** Neither is started, stopped or deleted here. */
  @POST
  @Path("{what:containers/_start|containers/_stop|images/_delete}")
  public Response container() {
    return absent();
  }

  private static Response absent() {
    return Refusal.answer(501, "the gateway does not manage containers", "inventory").build();
  }
}
