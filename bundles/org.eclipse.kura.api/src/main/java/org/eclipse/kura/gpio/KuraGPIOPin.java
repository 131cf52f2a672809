package org.eclipse.kura.gpio;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/** One pin. */
@ProviderType
public interface KuraGPIOPin {

  void setValue(boolean value)
      throws KuraUnavailableDeviceException, KuraClosedDeviceException, IOException;

  boolean getValue() throws KuraUnavailableDeviceException, KuraClosedDeviceException, IOException;

  void addPinStatusListener(PinStatusListener pinStatusListener)
      throws KuraClosedDeviceException, IOException;

  void removePinStatusListener(PinStatusListener pinStatusListener)
      throws KuraClosedDeviceException, IOException;

  void open() throws KuraGPIODeviceException, KuraUnavailableDeviceException, IOException;

  void close() throws IOException;

  KuraGPIODirection getDirection();

  KuraGPIOMode getMode();

  KuraGPIOTrigger getTrigger();

  String getName();

  int getIndex();

  boolean isOpen();
}
