package org.penstock.flow.wires.component;

import java.util.Date;
import java.util.Optional;
import org.eclipse.kura.message.KuraPosition;
import org.eclipse.kura.position.NmeaPosition;
import org.eclipse.kura.position.PositionService;

/** How much of the gateway's position goes with a message. */
enum PositionDetail {
  /** No position. */
  NONE,
  /** Latitude, longitude and altitude. */
  BASIC,
  /** Also heading, speed, precision, satellites, status and time. */
  FULL;

  /** The position now; empty when none is wanted or known. */
  @SuppressWarnings("deprecation") // the only form that has degrees, satellites and quality
  Optional<KuraPosition> read(PositionService service, Date now) {
    NmeaPosition known = this == NONE || service == null ? null : service.getNmeaPosition();
    if (known == null) {
      return Optional.empty();
    }
    KuraPosition position = new KuraPosition();
    position.setLatitude(known.getLatitude());
    position.setLongitude(known.getLongitude());
    position.setAltitude(known.getAltitude());
    if (this == FULL) {
      position.setHeading(known.getTrack());
      position.setPrecision(known.getDOP());
      position.setSpeed(known.getSpeed());
      position.setSatellites(known.getNrSatellites());
      position.setStatus(known.getFixQuality());
      position.setTimestamp(now);
    }
    return Optional.of(position);
  }
}
