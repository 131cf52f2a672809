package org.penstock.api.driver;

import org.osgi.annotation.versioning.ConsumerType;

/** A driver that tells the state of its link; assets show it as the reason when values are missing. */
@ConsumerType
public interface Linked {

  /** The state now. Any thread may call; returns at once, without I/O. */
  LinkState linkState();
}
