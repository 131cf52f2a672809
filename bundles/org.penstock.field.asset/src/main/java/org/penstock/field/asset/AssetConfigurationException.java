package org.penstock.field.asset;

/** A configuration that cannot be used; the message names channel, property, value and remedy. */
public final class AssetConfigurationException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  AssetConfigurationException(String channel, String property, String problem) {
    super("channel " + channel + ": property " + property + " " + problem);
  }
}
