package org.penstock.cloud.connection;

import java.util.Optional;

/**
 * Kura's topics, with tokens that the transport replaces.
 *
 * @param prefix first level of control topics
 */
record Topics(String prefix) {

  /** The transport puts account and client id here. */
  static final String DEVICE = "#account-name/#client-id/";

  /**
   * A topic taken apart.
   *
   * @param control it began with the control prefix
   * @param device client id of the gateway that it is about
   * @param app application id
   * @param rest what follows the application id; may be empty
   */
  record Parts(boolean control, String account, String device, String app, String rest) {}

  String data(String app, String topic) {
    return DEVICE + joined(app, topic);
  }

  /** A data topic of another client of the same account. */
  String data(String device, String app, String topic) {
    return "#account-name/" + device + "/" + joined(app, topic);
  }

  String control(String app, String topic) {
    return prefix + "/" + DEVICE + joined(app, topic);
  }

  /** A control topic of another client of the same account. */
  String control(String device, String app, String topic) {
    return prefix + "/#account-name/" + device + "/" + joined(app, topic);
  }

  /** Takes a topic apart; empty when it is not of Kura's form. */
  Optional<Parts> parse(String topic) {
    boolean control = topic.startsWith(prefix + "/");
    String[] levels = (control ? topic.substring(prefix.length() + 1) : topic).split("/", 4);
    return levels.length < 3
        ? Optional.empty()
        : Optional.of(
            new Parts(
                control, levels[0], levels[1], levels[2], levels.length == 4 ? levels[3] : ""));
  }

  private static String joined(String app, String topic) {
    return topic.isEmpty() ? app : app + "/" + topic;
  }

  /** MQTT's rule: a filter with + and # matches a topic. */
  static boolean matches(String filter, String topic) {
    String[] wanted = filter.split("/", -1);
    String[] given = topic.split("/", -1);
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].equals("#")) {
        return true;
      }
      if (i >= given.length || !wanted[i].equals("+") && !wanted[i].equals(given[i])) {
        return false;
      }
    }
    return wanted.length == given.length;
  }
}
