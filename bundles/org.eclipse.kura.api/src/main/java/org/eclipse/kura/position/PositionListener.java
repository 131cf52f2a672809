package org.eclipse.kura.position;

import org.osgi.annotation.versioning.ConsumerType;

/** Is given NMEA sentences. */
@ConsumerType
public interface PositionListener {

  void newNmeaSentence(String name);
}
