package org.eclipse.kura.message;

/** The message before an orderly disconnection. */
public class KuraDisconnectPayload extends KuraPayload {

  private static final String UPTIME = "uptime";
  private static final String DISPLAY_NAME = "display_name";

  public KuraDisconnectPayload(String uptime, String displayName) {
    addMetric(UPTIME, uptime);
    addMetric(DISPLAY_NAME, displayName);
  }

  public KuraDisconnectPayload(KuraPayload payload) {
    payload.metrics().forEach(this::addMetric);
    setBody(payload.getBody());
    setPosition(payload.getPosition());
    setTimestamp(payload.getTimestamp());
  }

  public String getUptime() {
    return (String) getMetric(UPTIME);
  }

  public String getDisplayName() {
    return (String) getMetric(DISPLAY_NAME);
  }

  @Override
  public String toString() {
    return "KuraDisconnectPayload [uptime="
        + getUptime()
        + ", displayName="
        + getDisplayName()
        + "]";
  }
}
