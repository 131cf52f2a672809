package org.penstock.driver.zigbee.device;

import java.util.List;

/**
 * What is known of a device. Unchangeable: each {@code with} gives a new one.
 *
 * @param ieee its address for life
 * @param network its address in this network, which may change
 * @param capability byte of its announcement; bit 1 router, bit 2 mains, bit 3 hears while idle
 * @param name given by people; empty for none
 * @param manufacturer as it says; empty before the interview
 * @param model as it says; empty before the interview
 * @param endpoints what it consists of; empty before the interview
 * @param interviewed all of this was asked for and told
 */
public record Device(
    long ieee,
    int network,
    int capability,
    String name,
    String manufacturer,
    String model,
    List<Endpoint> endpoints,
    boolean interviewed) {

  private static final int ROUTER = 0x02;
  private static final int HEARS_WHILE_IDLE = 0x08;

  /**
   * A part of a device.
   *
   * @param id 1 to 240
   * @param profile 0x0104 for home automation
   * @param type what kind of thing it is, by the profile
   * @param inputs clusters with values
   * @param outputs clusters that it commands others by
   */
  public record Endpoint(
      int id, int profile, int type, List<Integer> inputs, List<Integer> outputs) {

    public Endpoint {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  public Device {
    endpoints = List.copyOf(endpoints);
  }

  /** One that has just been heard of. */
  public static Device announced(long ieee, int network, int capability) {
    return new Device(ieee, network, capability, "", "", "", List.of(), false);
  }

  /** The same at another network address. */
  public Device at(int newNetwork, int newCapability) {
    return new Device(
        ieee, newNetwork, newCapability, name, manufacturer, model, endpoints, interviewed);
  }

  /** The same by another name. */
  public Device named(String newName) {
    return new Device(
        ieee, network, capability, newName, manufacturer, model, endpoints, interviewed);
  }

  /** The same with what it told of itself. */
  public Device told(String itsManufacturer, String itsModel, List<Endpoint> itsEndpoints) {
    return new Device(
        ieee, network, capability, name, itsManufacturer, itsModel, itsEndpoints, true);
  }

  /** It is asked again what it is. */
  public Device unknown() {
    return new Device(ieee, network, capability, name, manufacturer, model, endpoints, false);
  }

  /** It sleeps, and hears only what is asked right after it spoke. */
  public boolean sleepy() {
    return (capability & HEARS_WHILE_IDLE) == 0;
  }

  /** It passes on messages of others. */
  public boolean router() {
    return (capability & ROUTER) != 0;
  }

  /** For people. */
  public String label() {
    return name.isEmpty() ? Ieee.text(ieee) : name + " (" + Ieee.text(ieee) + ')';
  }
}
