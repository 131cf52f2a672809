package org.penstock.api.mqtt;

import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What Penstock's MQTT transport is beside Kura's {@code DataTransportService}: the same object
 * implements both. Any thread may call.
 */
@ProviderType
public interface MqttTransport {

  /** A last will: the broker sends it when the connection breaks. */
  record Will(String topic, byte[] payload, int qos, boolean retain) {}

  /**
   * From the next connection on, the maker is asked for the will of each one just before it is
   * opened, in place of the configured will, and every session begins clean.
   *
   * @param maker does not block; null: as configured
   */
  void makeWill(Supplier<Will> maker);

  /** The next connection is tried with the server after the present one first. */
  void nextServer();
}
