package org.penstock.field.asset;

/** A configuration that cannot be used; the message names channel, property, value and remedy. */
public final class AssetConfigurationException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String property;
  private final String problem;

  AssetConfigurationException(String channel, String property, String problem) {
    super("channel " + channel + ": property " + property + " " + problem);
    this.property = property;
    this.problem = problem;
  }

  /** The property that is wrong. */
  String property() {
    return property;
  }

  /** What is wrong with it, and what would be right. */
  String problem() {
    return problem;
  }
}
