package org.penstock.simulator.zigbee.network;

import java.util.Locale;

/** The kinds of devices that can be had. */
public enum DeviceKind {
  /** Dimmable lamp: on/off and level. */
  BULB,
  /** The same with hue, saturation, xy and colour temperature. */
  COLOUR_BULB,
  /** Switched socket with power, voltage, current and energy. */
  PLUG,
  /** Sleepy: temperature 21.5 degrees, humidity 45 %, battery. */
  TEMPERATURE,
  /** Sleepy IAS zone of type 0x0015, enrols. */
  CONTACT,
  /** Sleepy IAS zone of type 0x000D, with illuminance and occupancy. */
  MOTION,
  /** Local temperature, set points, system mode. */
  THERMOSTAT,
  /** Lift and tilt. */
  COVER,
  /** Sleepy: sends on/off and level commands. */
  BUTTON,
  /** Sleepy IAS zone of type 0x002D: vibration and tilt. */
  VIBRATION,
  /** Two switched outputs on endpoints 1 and 2, a temperature on 3. */
  MULTI,
  /** Cluster 0xFC57 and attributes under manufacturer code 0x115F, and an empty model name. */
  ODD;

  VirtualNode make(VirtualNetwork network, long ieee) {
    return DeviceCatalogue.make(this, network, ieee);
  }

  /** By its name in any case, with - or _. */
  public static DeviceKind of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
