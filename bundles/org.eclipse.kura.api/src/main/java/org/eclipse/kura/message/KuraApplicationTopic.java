package org.eclipse.kura.message;

import org.osgi.annotation.versioning.ProviderType;

/** An application's id and topic. */
@ProviderType
public abstract class KuraApplicationTopic {

  protected String applicationId;

  protected String applicationTopic;

  public KuraApplicationTopic() {}

  public String getApplicationId() {
    return applicationId;
  }

  public String getApplicationTopic() {
    return applicationTopic;
  }
}
