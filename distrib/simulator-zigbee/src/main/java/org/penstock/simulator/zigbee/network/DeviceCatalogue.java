package org.penstock.simulator.zigbee.network;

/** Builds devices with the clusters and attributes of their kind. */
final class DeviceCatalogue {

  private static final int BASIC = 0x0000;
  private static final int POWER = 0x0001;
  private static final int IDENTIFY = 0x0003;
  private static final int TEMPERATURE = 0x0402;
  private static final int HUMIDITY = 0x0405;
  private static final int METERING = 0x0702;
  private static final int ELECTRICAL = 0x0B04;

  private DeviceCatalogue() {}

  static VirtualNode make(DeviceKind kind, VirtualNetwork network, long ieee) {
    return switch (kind) {
      case BULB -> bulb(network, ieee);
      case COLOUR_BULB -> colourBulb(network, ieee);
      case PLUG -> plug(network, ieee);
      case TEMPERATURE -> temperature(network, ieee);
      case CONTACT -> zone(network, ieee, 0x1233, "HEIMAN", "DoorSensor-EM", 0x0015);
      case MOTION -> motion(network, ieee);
      case THERMOSTAT -> thermostat(network, ieee);
      case COVER -> cover(network, ieee);
      case BUTTON -> button(network, ieee);
      case VIBRATION -> zone(network, ieee, 0x1241, "Samjin", "multi", 0x002D);
      case MULTI -> multi(network, ieee);
      case ODD -> odd(network, ieee);
    };
  }

  private static VirtualEndpoint endpoint(
      VirtualNetwork network,
      long ieee,
      NodeType type,
      int maker,
      int device,
      String manufacturer,
      String model) {
    VirtualNode node = new VirtualNode(network, ieee, type, maker);
    return first(node, device, type == NodeType.SLEEPY ? 3 : 1, manufacturer, model);
  }

  private static VirtualEndpoint first(
      VirtualNode node, int device, int power, String manufacturer, String model) {
    VirtualEndpoint e = node.endpoint(1, device);
    e.outputs().add(0x0019); // OTA upgrade
    return e.with(BASIC, 0x0000, DataType.U8, 3)
        .with(BASIC, 0x0001, DataType.U8, 1)
        .with(BASIC, 0x0002, DataType.U8, 1)
        .with(BASIC, 0x0003, DataType.U8, 1)
        .text(BASIC, 0x0004, manufacturer)
        .text(BASIC, 0x0005, model)
        .text(BASIC, 0x0006, "20260101")
        .with(BASIC, 0x0007, DataType.ENUM8, power)
        .text(BASIC, 0x4000, "1.0.0")
        .cluster(IDENTIFY, Behaviours::identify)
        .writable(IDENTIFY, 0x0000, DataType.U16, 0);
  }

  private static VirtualEndpoint battery(VirtualEndpoint e) {
    return e.with(POWER, 0x0020, DataType.U8, 30) // 3.0 V
        .with(POWER, 0x0021, DataType.U8, 180); // 90 %
  }

  private static VirtualEndpoint switched(VirtualEndpoint e) {
    return e.cluster(Behaviours.GROUPS, Behaviours::groups)
        .with(Behaviours.GROUPS, 0x0000, DataType.BITMAP8, 0)
        .cluster(Behaviours.ON_OFF, Behaviours::onOff)
        .with(Behaviours.ON_OFF, 0x0000, DataType.BOOLEAN, 0)
        .writable(Behaviours.ON_OFF, 0x4003, DataType.ENUM8, 0xFF);
  }

  private static VirtualEndpoint lamp(VirtualEndpoint e) {
    return switched(e)
        .cluster(Behaviours.LEVEL, Behaviours::level)
        .with(Behaviours.LEVEL, 0x0000, DataType.U8, 254)
        .writable(Behaviours.LEVEL, 0x0010, DataType.U16, 0)
        .writable(Behaviours.LEVEL, 0x0011, DataType.U8, 0xFF);
  }

  private static VirtualNode bulb(VirtualNetwork n, long ieee) {
    return lamp(endpoint(
            n,
            ieee,
            NodeType.ROUTER,
            0x117C,
            0x0101,
            "IKEA of Sweden",
            "TRADFRI bulb E27 WW 806lm"))
        .node();
  }

  private static VirtualNode colourBulb(VirtualNetwork n, long ieee) {
    int c = Behaviours.COLOUR;
    return lamp(endpoint(
            n, ieee, NodeType.ROUTER, 0x100B, 0x010D, "Signify Netherlands B.V.", "LCA001"))
        .cluster(c, Behaviours::colour)
        .with(c, 0x0000, DataType.U8, 0)
        .with(c, 0x0001, DataType.U8, 0)
        .with(c, 0x0003, DataType.U16, 0x616B)
        .with(c, 0x0004, DataType.U16, 0x607D)
        .with(c, 0x0007, DataType.U16, 366)
        .with(c, 0x0008, DataType.ENUM8, 2)
        .with(c, 0x400A, DataType.BITMAP16, 0x1F)
        .with(c, 0x400B, DataType.U16, 153)
        .with(c, 0x400C, DataType.U16, 500)
        .node();
  }

  private static VirtualNode plug(VirtualNetwork n, long ieee) {
    VirtualEndpoint e =
        endpoint(n, ieee, NodeType.ROUTER, 0x1246, 0x0051, "Develco Products A/S", "SPLZB-131");
    return switched(e)
        .with(METERING, 0x0000, DataType.U48, 12345)
        .with(METERING, 0x0200, DataType.BITMAP8, 0)
        .with(METERING, 0x0300, DataType.ENUM8, 0)
        .with(METERING, 0x0301, DataType.U24, 1)
        .with(METERING, 0x0302, DataType.U24, 1000)
        .with(METERING, 0x0303, DataType.BITMAP8, 0x2B)
        .with(METERING, 0x0306, DataType.BITMAP8, 0)
        .with(METERING, 0x0400, DataType.I24, 0)
        .with(ELECTRICAL, 0x0000, DataType.U32, 9)
        .with(ELECTRICAL, 0x0505, DataType.U16, 23000)
        .with(ELECTRICAL, 0x0508, DataType.U16, 0)
        .with(ELECTRICAL, 0x050B, DataType.I16, 0)
        .with(ELECTRICAL, 0x0600, DataType.U16, 1)
        .with(ELECTRICAL, 0x0601, DataType.U16, 100)
        .with(ELECTRICAL, 0x0602, DataType.U16, 1)
        .with(ELECTRICAL, 0x0603, DataType.U16, 1000)
        .with(ELECTRICAL, 0x0604, DataType.U16, 1)
        .with(ELECTRICAL, 0x0605, DataType.U16, 10)
        .node();
  }

  private static VirtualEndpoint climate(VirtualEndpoint e) {
    return e.with(TEMPERATURE, 0x0000, DataType.I16, 2150)
        .with(TEMPERATURE, 0x0001, DataType.I16, -4000)
        .with(TEMPERATURE, 0x0002, DataType.I16, 8500);
  }

  private static VirtualNode temperature(VirtualNetwork n, long ieee) {
    VirtualEndpoint e = endpoint(n, ieee, NodeType.SLEEPY, 0x1286, 0x0302, "eWeLink", "TH01");
    return climate(battery(e)).with(HUMIDITY, 0x0000, DataType.U16, 4500).node();
  }

  private static VirtualNode zone(
      VirtualNetwork n, long ieee, int maker, String manufacturer, String model, int zoneType) {
    int z = Behaviours.IAS_ZONE;
    return battery(endpoint(n, ieee, NodeType.SLEEPY, maker, 0x0402, manufacturer, model))
        .cluster(z, new Behaviours.IasZone())
        .with(z, 0x0000, DataType.ENUM8, 0)
        .with(z, 0x0001, DataType.ENUM16, zoneType)
        .with(z, 0x0002, DataType.BITMAP16, 0)
        .writable(z, 0x0010, DataType.IEEE, 0)
        .with(z, 0x0011, DataType.U8, 0xFF)
        .node();
  }

  private static VirtualNode motion(VirtualNetwork n, long ieee) {
    VirtualNode node = zone(n, ieee, 0x1015, "frient A/S", "MOSZB-140", 0x000D);
    node.endpoint(1)
        .with(0x0400, 0x0000, DataType.U16, 10_001)
        .with(0x0406, 0x0000, DataType.BITMAP8, 0)
        .with(0x0406, 0x0001, DataType.ENUM8, 0);
    return node;
  }

  private static VirtualNode thermostat(VirtualNetwork n, long ieee) {
    int t = Behaviours.THERMOSTAT;
    return endpoint(n, ieee, NodeType.ROUTER, 0x1185, 0x0301, "Stelpro", "ST218")
        .cluster(t, Behaviours::thermostat)
        .with(t, 0x0000, DataType.I16, 2050)
        .writable(t, 0x0010, DataType.I8, 0)
        .writable(t, 0x0011, DataType.I16, 2600)
        .writable(t, 0x0012, DataType.I16, 2000)
        .writable(t, 0x001B, DataType.ENUM8, 2)
        .writable(t, 0x001C, DataType.ENUM8, 4)
        .with(t, 0x0008, DataType.U8, 0)
        .node();
  }

  private static VirtualNode cover(VirtualNetwork n, long ieee) {
    int c = Behaviours.COVER;
    return endpoint(n, ieee, NodeType.ROUTER, 0x1021, 0x0202, "Legrand", "NLLV")
        .cluster(c, Behaviours::cover)
        .with(c, 0x0000, DataType.ENUM8, 8)
        .with(c, 0x0007, DataType.BITMAP8, 0x0B)
        .with(c, 0x0008, DataType.U8, 0)
        .with(c, 0x0009, DataType.U8, 0)
        .writable(c, 0x0017, DataType.BITMAP8, 0)
        .node();
  }

  private static VirtualNode button(VirtualNetwork n, long ieee) {
    VirtualEndpoint e =
        endpoint(
            n, ieee, NodeType.SLEEPY, 0x117C, 0x0820, "IKEA of Sweden", "TRADFRI on/off switch");
    e.outputs().add(Behaviours.ON_OFF);
    e.outputs().add(Behaviours.LEVEL);
    return battery(e).node();
  }

  private static VirtualNode multi(VirtualNetwork n, long ieee) {
    VirtualEndpoint e =
        endpoint(n, ieee, NodeType.ROUTER, 0x1286, 0x0100, "Insta GmbH", "NEXENTRO Switching");
    VirtualNode node = switched(e).node();
    switched(node.endpoint(2, 0x0100));
    climate(node.endpoint(3, 0x0302));
    return node;
  }

  private static VirtualNode odd(VirtualNetwork n, long ieee) {
    return endpoint(n, ieee, NodeType.ROUTER, 0x115F, 0xFFF0, "Odd Works", "")
        .with(0xFC57, 0x115F, 0x0001, DataType.U32, true, 7)
        .with(0xFC57, 0x115F, 0x0002, DataType.I16, false, -1234)
        .with(0xFC57, 0x0003, DataType.U8, 1)
        .with(BASIC, 0x115F, 0xFF01, DataType.U16, true, 99)
        .node();
  }
}
