package org.eclipse.kura.position;

import java.time.LocalDateTime;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.util.position.Position;

/** Gives the device's position. */
@ProviderType
public interface PositionService {

  Position getPosition();

  @Deprecated
  NmeaPosition getNmeaPosition();

  @Deprecated
  String getNmeaTime();

  @Deprecated
  String getNmeaDate();

  LocalDateTime getDateTime();

  boolean isLocked();

  @Deprecated
  String getLastSentence();

  Set<GNSSType> getGnssTypes();

  void registerListener(String name, PositionListener positionListener);

  void unregisterListener(String name);
}
