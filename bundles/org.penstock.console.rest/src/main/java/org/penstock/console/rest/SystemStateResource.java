package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.LogLevel;
import org.penstock.api.health.Health;
import org.penstock.api.rest.RestResource;

/** How the gateway is: health with figures, metrics for Prometheus, log. */
@Component(service = SystemStateResource.class, property = RestResource.PROPERTY)
@Path("api/v1")
@RolesAllowed({Permissions.SYSTEM, Permissions.SYSTEM_READ})
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SystemStateResource {

  /** Lines of the log, newest first. */
  record Lines(long total, List<LogWatch.Line> lines) {}

  private static final int MOST_LINES = 1000;

  private final Health health;
  private final LogWatch log;

  /** Called by the component runtime. */
  @Activate
  public SystemStateResource(@Reference Health health, @Reference LogWatch log) {
    this.health = health;
    this.log = log;
  }

  /** The states of all things, with reasons and figures, as on the health page. */
  @GET
  @Path("health")
  public HealthPage.Page health() {
    return HealthPage.page(health);
  }

  /** All figures of all things in Prometheus' text form. */
  @GET
  @Path("metrics")
  @Produces("text/plain;version=0.0.4;charset=utf-8")
  public String metrics() {
    return Metrics.text(health);
  }

  /**
   * The last 1,000 lines of the log that are at least of the level and hold the text, newest first.
   */
  @GET
  @Path("logs")
  @RolesAllowed(Permissions.LOGS)
  public Lines logs(
      @QueryParam("level") @DefaultValue("INFO") String level,
      @QueryParam("q") @DefaultValue("") String text,
      @QueryParam("after") @DefaultValue("0") long after,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    int least = level(level);
    String wanted = text.toLowerCase(Locale.ROOT);
    List<LogWatch.Line> found = new ArrayList<>();
    for (LogWatch.Line line : log.lines()) {
      if (line.number() > after && level(line.level()) <= least && holds(line, wanted)) {
        found.add(0, line);
      }
    }
    int most = Math.max(0, Math.min(limit, MOST_LINES));
    return new Lines(found.size(), found.subList(0, Math.min(most, found.size())));
  }

  private static int level(String name) {
    try {
      return LogLevel.valueOf(name.toUpperCase(Locale.ROOT)).ordinal();
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("level " + name + ": one of ERROR WARN INFO DEBUG TRACE", e);
    }
  }

  private static boolean holds(LogWatch.Line line, String text) {
    return text.isEmpty()
        || (line.message() + " " + line.logger() + " " + line.thread())
            .toLowerCase(Locale.ROOT)
            .contains(text);
  }
}
