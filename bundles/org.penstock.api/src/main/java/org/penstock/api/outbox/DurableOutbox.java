package org.penstock.api.outbox;

import org.eclipse.kura.KuraStoreException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What Penstock's data service is beside Kura's {@code DataService}: the same object implements
 * both. Any thread may call.
 */
@ProviderType
public interface DurableOutbox {

  /**
   * Stores a message, to be sent when its turn comes. Returns as the message's durability says, at once
   * while an {@link Unwaited} is open in this thread.
   *
   * @return the message's id, as with Kura's method
   * @throws KuraStoreException it can't be stored, with the reason
   * @throws IllegalArgumentException QoS or priority is out of its range
   */
  int publish(OutboxMessage message) throws KuraStoreException;
}
