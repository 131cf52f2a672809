package org.eclipse.kura.message;

import org.osgi.annotation.versioning.ProviderType;

/** A full topic taken apart: prefix, account, device, application and the application's topic. */
@Deprecated
@ProviderType
public class KuraTopic {

  private final String fullTopic;
  private final String[] topicParts;
  private final String prefix;
  private final String accountName;
  private final String deviceId;
  private final String applicationId;
  private final String applicationTopic;

  public KuraTopic(String fullTopic) {
    this(fullTopic, "$");
  }

  public KuraTopic(String fullTopic, String controlPrefix) {
    this.fullTopic = fullTopic;
    this.topicParts = fullTopic.split("/");
    boolean control = topicParts.length > 0 && topicParts[0].startsWith(controlPrefix);
    int at = control ? 1 : 0;
    prefix = control ? topicParts[0] : null;
    accountName = part(at);
    deviceId = part(at + 1);
    applicationId = part(at + 2);
    StringBuilder rest = new StringBuilder();
    for (int i = at + 3; i < topicParts.length; i++) {
      rest.append(i == at + 3 ? "" : "/").append(topicParts[i]);
    }
    applicationTopic = rest.length() == 0 ? null : rest.toString();
  }

  private String part(int index) {
    return index < topicParts.length ? topicParts[index] : null;
  }

  public String getFullTopic() {
    return fullTopic;
  }

  public String[] getTopicParts() {
    return topicParts;
  }

  public String getPrefix() {
    return prefix;
  }

  public String getAccountName() {
    return accountName;
  }

  public String getDeviceId() {
    return deviceId;
  }

  public String getApplicationId() {
    return applicationId;
  }

  public String getApplicationTopic() {
    return applicationTopic;
  }
}
