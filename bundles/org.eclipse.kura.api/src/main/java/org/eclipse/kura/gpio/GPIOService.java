package org.eclipse.kura.gpio;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Gives pins. */
@ProviderType
public interface GPIOService {

  KuraGPIOPin getPinByName(String name);

  KuraGPIOPin getPinByName(
      String name,
      KuraGPIODirection kuraGPIODirection,
      KuraGPIOMode kuraGPIOMode,
      KuraGPIOTrigger kuraGPIOTrigger);

  KuraGPIOPin getPinByTerminal(int number);

  KuraGPIOPin getPinByTerminal(
      int number,
      KuraGPIODirection kuraGPIODirection,
      KuraGPIOMode kuraGPIOMode,
      KuraGPIOTrigger kuraGPIOTrigger);

  Map<Integer, String> getAvailablePins();
}
