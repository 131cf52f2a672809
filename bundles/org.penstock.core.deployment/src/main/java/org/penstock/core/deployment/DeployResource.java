package org.penstock.core.deployment;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.deployment.Deployments;
import org.penstock.api.deployment.Origin;

/** Kura's {@code deploy/v2}: packages, without progress and outcome; see api/v1/packages for those. */
@Component(service = DeployResource.class, property = "penstock.rest=true")
@Path("deploy/v2")
@RolesAllowed("rest.deploy")
@Produces(MediaType.APPLICATION_JSON)
public final class DeployResource {

  /** An installed package. */
  record Entry(String name, String version) {}

  /** Where a package lies. */
  record Source(String url) {}

  private static final String RECEIVED = "\"REQUEST_RECEIVED\"";

  private final Deployments deployments;
  private final AgentService agent;

  /** Called by the component runtime. */
  @Activate
  public DeployResource(@Reference Deployments deployments, @Reference AgentService agent) {
    this.deployments = deployments;
    this.agent = agent;
  }

  /** Installed packages, and bundles installed by themselves. */
  @GET
  public List<Entry> list() {
    return deployments.installed().stream().map(i -> new Entry(i.name(), i.version())).toList();
  }

  /** Installs from a URL in the background. */
  @POST
  @Path("_install")
  @Consumes(MediaType.APPLICATION_JSON)
  public byte[] install(Source source) {
    if (source.url() == null || source.url().isBlank()) {
      throw new BadRequestException("url is missing");
    }
    if (agent.isInstallingDeploymentPackage(source.url())) {
      return json("\"INSTALLING\"");
    }
    try {
      agent.installDeploymentPackageAsync(source.url());
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(source.url() + " is no URL", e);
    }
    return json(RECEIVED);
  }

  /** Installs the file of the body. */
  @POST
  @Path("_upload")
  public byte[] upload(
      @HeaderParam("Content-Type") String type, byte[] body, @Context SecurityContext caller) {
    Multipart file =
        Multipart.file(String.valueOf(type), body)
            .orElseThrow(
                () -> new BadRequestException("expected is multipart/form-data with a file"));
    String who = caller.getUserPrincipal() == null ? "" : caller.getUserPrincipal().getName();
    deployments.install(file.name(), file.content(), new Origin(who, "rest"));
    return json(RECEIVED);
  }

  /** Uninstalls in the background. */
  @DELETE
  @Path("{name}")
  public byte[] uninstall(@PathParam("name") String name) {
    if (agent.isUninstallingDeploymentPackage(name)) {
      return json("\"UNINSTALLING\"");
    }
    agent.uninstallDeploymentPackageAsync(name);
    return json(RECEIVED);
  }

  /** What a market place says about a package; none is asked. */
  @PUT
  @Path("_packageDescriptor")
  @Consumes(MediaType.APPLICATION_JSON)
  public Map<String, Object> descriptor(Source source) {
    return Map.of(
        "nodeId", "",
        "url", String.valueOf(source.url()),
        "dpUrl", "",
        "minKuraVersion", "",
        "maxKuraVersion", "",
        "currentKuraVersion", "",
        "isCompatible", false);
  }

  private static byte[] json(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
