package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.ZoneId;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.clock.ClockService;
import org.eclipse.kura.system.SystemService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.clock.TimeTrust;
import org.penstock.api.rest.RestResource;

/** Which gateway this is, and what time it has. */
@Component(service = GatewayResource.class, property = RestResource.PROPERTY)
@Path("api/v1/gateway")
@RolesAllowed(RestResource.ANY_USER)
@Produces(MediaType.APPLICATION_JSON)
public final class GatewayResource {

  /**
   * The gateway.
   *
   * @param name as configured (pid org.penstock.core.gateway), or else the host's
   * @param time its clock, now
   * @param zone its time zone, as Europe/Rome
   * @param trusted the clock is not before what is known to be past
   * @param synchronised when the clock was last set; absent when nobody has been seen to set it
   */
  record Gateway(
      String name,
      String version,
      String started,
      String time,
      String zone,
      boolean trusted,
      String synchronised) {}

  private final SystemService system;
  private final ClockService clock;
  private final TimeTrust trust;

  /** Called by the component runtime. */
  @Activate
  public GatewayResource(
      @Reference SystemService system, @Reference ClockService clock, @Reference TimeTrust trust) {
    this.system = system;
    this.clock = clock;
    this.trust = trust;
  }

  /** Name, version, start and clock. */
  @GET
  public Gateway gateway() {
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    return new Gateway(
        system.getDeviceName(),
        system.getKuraVersion(),
        Instant.ofEpochMilli(started).toString(),
        Instant.now().toString(),
        ZoneId.systemDefault().getId(),
        trust.trusted(),
        synchronised());
  }

  private String synchronised() {
    try {
      return clock.getLastSync().toInstant().toString();
    } catch (KuraException e) {
      return null; // nobody has set it since the start
    }
  }
}
