package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.kura.position.GNSSType;
import org.eclipse.kura.position.PositionService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.measurement.Measurement;
import org.osgi.util.position.Position;
import org.penstock.api.rest.RestResource;

/** Kura's {@code position/v1}: where the box is. */
@Component(service = PositionResource.class, property = RestResource.PROPERTY)
@Path("position/v1")
@RolesAllowed("rest.position")
@Produces(MediaType.APPLICATION_JSON)
public final class PositionResource {

  /** A position in degrees, metres, metres a second. */
  record Place(
      Double longitude,
      Double latitude,
      Double altitude,
      Double speed,
      Double track,
      List<String> gnssType) {}

  /** A time. */
  record Time(String dateTime) {}

  /** Whether the position is known; Kura's spelling. */
  record Locked(boolean islocked) {}

  private final PositionService position;

  /** Called by the component runtime. */
  @Activate
  public PositionResource(@Reference PositionService position) {
    this.position = position;
  }

  /** The position; 500 when it is not known. */
  @GET
  @Path("position")
  public Place position() {
    locked();
    Position now = position.getPosition();
    return new Place(
        degrees(now.getLongitude()),
        degrees(now.getLatitude()),
        value(now.getAltitude()),
        value(now.getSpeed()),
        degrees(now.getTrack()),
        position.getGnssTypes().stream().map(GNSSType::getValue).sorted().toList());
  }

  private void locked() {
    if (!position.isLocked()) {
      throw new InternalServerErrorException("Service unavailable. Position is not locked.");
    }
  }

  private static Double degrees(Measurement angle) {
    return angle == null ? null : Math.toDegrees(angle.getValue());
  }

  private static Double value(Measurement measurement) {
    return measurement == null ? null : measurement.getValue();
  }

  /** The time of the position's source, in UTC; 500 when the position is not known. */
  @GET
  @Path("dateTime")
  public Time dateTime() {
    locked();
    return new Time(position.getDateTime().toInstant(ZoneOffset.UTC).toString());
  }

  /** Whether the position is known. */
  @GET
  @Path("isLocked")
  public Locked isLocked() {
    return new Locked(position.isLocked());
  }
}
