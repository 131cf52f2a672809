package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.management.ManagementFactory;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.security.SecurityService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;
import org.penstock.api.rest.RestResource;

/** Kura's {@code security/v1} and {@code security/v2}; works with an add-on's SecurityService. */
@Component(service = SecurityResource.class, property = RestResource.PROPERTY)
@Path("security/{version:v1|v2}")
@RolesAllowed("rest.security")
@Produces(MediaType.APPLICATION_JSON)
public final class SecurityResource {

  /** Whether the Java runtime lets a debugger in. */
  record Debug(boolean enabled) {}

  /** What an add-on's service does. */
  private interface Act {
    void with(SecurityService service) throws KuraException;
  }

  private static final int MOST_POLICY = 1 << 20;

  private final ServiceTracker<SecurityService, SecurityService> services;

  /** Called by the component runtime. */
  @Activate
  public SecurityResource(BundleContext context) {
    services = new ServiceTracker<>(context, SecurityService.class, null);
    services.open();
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    services.close();
  }

  private Response act(Act act) throws KuraException {
    SecurityService service = services.getService();
    if (service == null) {
      return Refusal.answer(
              501, "no bundle offers org.eclipse.kura.security.SecurityService", "security")
          .build();
    }
    act.with(service);
    return Response.noContent().build();
  }

  /** Reads the security policy's fingerprint again. */
  @POST
  @Path("security-policy-fingerprint/reload")
  public Response reloadPolicy() throws KuraException {
    return act(SecurityService::reloadSecurityPolicyFingerprint);
  }

  /** Reads the command line's fingerprint again. */
  @POST
  @Path("command-line-fingerprint/reload")
  public Response reloadCommandLine() throws KuraException {
    return act(SecurityService::reloadCommandLineFingerprint);
  }

  /** Applies the production policy. */
  @POST
  @Path("security-policy/apply-default-production")
  public Response applyDefault() throws KuraException {
    return act(SecurityService::applyDefaultProductionSecurityPolicy);
  }

  /** Applies the policy that is the body, at most 1 MiB of text. */
  @POST
  @Path("security-policy/apply")
  @Consumes(MediaType.TEXT_PLAIN)
  public Response apply(String policy) throws KuraException {
    if (policy.length() > MOST_POLICY) {
      return Refusal.answer(413, "a policy of more than 1 MiB", "security").build();
    }
    return act(service -> service.applySecurityPolicy(policy));
  }

  /** Whether the Java runtime lets a debugger in. */
  @GET
  @Path("debug-enabled")
  @RolesAllowed(RestResource.ANY_USER)
  public Debug debug() {
    SecurityService service = services.getService();
    boolean enabled =
        service == null
            ? ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(a -> a.contains("jdwp"))
            : service.isDebugEnabled();
    return new Debug(enabled);
  }
}
