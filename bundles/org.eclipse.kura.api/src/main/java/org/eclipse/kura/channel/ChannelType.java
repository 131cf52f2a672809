package org.eclipse.kura.channel;

/** Directions in which a channel can be used. */
public enum ChannelType {
  READ,
  READ_WRITE,
  WRITE;

  public static ChannelType getChannelType(String text) {
    for (ChannelType candidate : values()) {
      if (candidate.name().equalsIgnoreCase(text)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no ChannelType: " + text);
  }
}
