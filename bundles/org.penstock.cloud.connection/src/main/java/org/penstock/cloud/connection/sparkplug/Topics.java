package org.penstock.cloud.connection.sparkplug;

/**
 * The topics of one edge node (Sparkplug 3.0, chapter 4).
 *
 * @param group group id
 * @param node edge node id
 * @param host id of the primary host application; empty for none
 */
record Topics(String group, String node, String host) {

  static final String NBIRTH = "NBIRTH";
  static final String NDEATH = "NDEATH";
  static final String NDATA = "NDATA";
  static final String NCMD = "NCMD";
  static final String DBIRTH = "DBIRTH";
  static final String DDEATH = "DDEATH";
  static final String DDATA = "DDATA";
  static final String DCMD = "DCMD";

  /** Stands in while the configuration is wrong; nothing is sent. */
  static final Topics NOBODY = new Topics("penstock", "gateway", "");

  private static final String SPACE = "spBv1.0/";

  Topics {
    id("group.id", group);
    id("node.id", node);
    if (!host.isEmpty()) {
      id("primary.host.id", host);
    }
  }

  private static void id(String key, String value) {
    if (value.isBlank() || value.matches(".*[/+#].*")) {
      throw new IllegalArgumentException(
          key + " must be one level of a topic without / + #, given: " + value);
    }
  }

  /** A topic of the node itself. */
  String own(String type) {
    return SPACE + group + '/' + type + '/' + node;
  }

  /** A topic of a device, or of the node for an empty name. */
  String of(String deviceType, String nodeType, String device) {
    return device.isEmpty() ? own(nodeType) : own(deviceType) + '/' + device;
  }

  String state() {
    return SPACE + "STATE/" + host;
  }

  /** The device of a topic of this type; null for other topics. */
  String device(String topic, String deviceType, String nodeType) {
    if (topic.equals(own(nodeType))) {
      return "";
    }
    String prefix = own(deviceType) + '/';
    return topic.startsWith(prefix) ? topic.substring(prefix.length()) : null;
  }

  /** A device's id for an asset's name. */
  static String level(String name) {
    return name.replaceAll("[/+#\u0000]", "_");
  }
}
