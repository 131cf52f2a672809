package org.penstock.cloud.remote;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.osgi.framework.Bundle;
import org.penstock.api.deployment.Deployments;

/** INVENTORY-V1: what is installed, as JSON. There are no system packages and no containers here. */
final class InventoryApp implements RequestHandler {

  private record Line(String name, String version, String type) {}

  private record BundleLine(String name, String version, long id, String state, boolean signed) {}

  private record PackageLine(
      String name, String version, boolean signed, List<BundleLine> bundles) {}

  private final Bundles bundles;
  private final Deployments deployments;
  private final Gson gson = new Gson();

  InventoryApp(Bundles bundles, Deployments deployments) {
    this.bundles = bundles;
    this.deployments = deployments;
  }

  @Override
  public KuraMessage doGet(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    String what = String.join("/", Exchange.args(request));
    Object body =
        switch (what) {
          case "inventory" -> Map.of("inventory", inventory());
          case "bundles" -> Map.of("bundles", lines());
          case "deploymentPackages" -> Map.of("deploymentPackages", packages());
          case "systemPackages" -> Map.of("systemPackages", List.of());
          case "containers" -> Map.of("containers", List.of());
          case "images" -> Map.of("images", List.of());
          default -> throw Exchange.notFound("there is no resource " + what);
        };
    return Exchange.ok(gson.toJson(body));
  }

  private List<Line> inventory() {
    List<Line> all = new ArrayList<>();
    deployments.installed().stream()
        .filter(i -> i.isPackage())
        .forEach(i -> all.add(new Line(i.name(), i.version(), "DP")));
    for (Bundle bundle : bundles.all()) {
      all.add(new Line(bundle.getSymbolicName(), bundle.getVersion().toString(), "BUNDLE"));
    }
    return all;
  }

  private List<BundleLine> lines() {
    List<BundleLine> all = new ArrayList<>();
    for (Bundle bundle : bundles.all()) {
      all.add(line(bundle));
    }
    return all;
  }

  private static BundleLine line(Bundle bundle) {
    return new BundleLine(
        bundle.getSymbolicName(),
        bundle.getVersion().toString(),
        bundle.getBundleId(),
        Bundles.state(bundle),
        !bundle.getSignerCertificates(Bundle.SIGNERS_ALL).isEmpty());
  }

  private List<PackageLine> packages() {
    List<PackageLine> all = new ArrayList<>();
    deployments.installed().stream()
        .filter(i -> i.isPackage())
        .forEach(
            i -> {
              List<BundleLine> own = new ArrayList<>();
              for (Bundle bundle : bundles.all()) {
                if (i.parts().stream().anyMatch(p -> p.location().equals(bundle.getLocation()))) {
                  own.add(line(bundle));
                }
              }
              all.add(new PackageLine(i.name(), i.version(), !i.signer().isEmpty(), own));
            });
    return all;
  }

  @Override
  public KuraMessage doExec(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    String what = String.join("/", Exchange.args(request));
    boolean start = what.equals("bundles/_start");
    if (!start && !what.equals("bundles/_stop")) {
      throw Exchange.notFound("there is no resource " + what + " to execute");
    }
    JsonObject wanted;
    try {
      wanted = gson.fromJson(Exchange.body(request), JsonObject.class);
    } catch (JsonParseException e) {
      throw Exchange.bad("the body is no JSON object");
    }
    if (wanted == null || !wanted.has("name")) {
      throw Exchange.bad("the body must be {\"name\":...}");
    }
    Optional<String> version =
        wanted.has("version") ? Optional.of(wanted.get("version").getAsString()) : Optional.empty();
    Bundles.run(bundles.byName(wanted.get("name").getAsString(), version), start);
    return Exchange.ok();
  }
}
