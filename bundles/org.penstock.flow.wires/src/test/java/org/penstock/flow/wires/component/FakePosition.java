package org.penstock.flow.wires.component;

import java.time.LocalDateTime;
import java.util.Set;
import org.eclipse.kura.position.GNSSType;
import org.eclipse.kura.position.NmeaPosition;
import org.eclipse.kura.position.PositionListener;
import org.eclipse.kura.position.PositionService;
import org.osgi.util.position.Position;

/** A gateway that stands in the lagoon. */
final class FakePosition implements PositionService {

  @Override
  public Position getPosition() {
    return null;
  }

  @Override
  public NmeaPosition getNmeaPosition() {
    return new NmeaPosition(45.5, 12.25, 3.0, 1.0, 90.0, 1, 9, 0.5, 0, 0, 0, 3);
  }

  @Override
  public String getNmeaTime() {
    return "";
  }

  @Override
  public String getNmeaDate() {
    return "";
  }

  @Override
  public LocalDateTime getDateTime() {
    return null;
  }

  @Override
  public boolean isLocked() {
    return true;
  }

  @Override
  public String getLastSentence() {
    return "";
  }

  @Override
  public Set<GNSSType> getGnssTypes() {
    return Set.of();
  }

  @Override
  public void registerListener(String name, PositionListener listener) {}

  @Override
  public void unregisterListener(String name) {}
}
