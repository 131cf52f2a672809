package org.penstock.api.clock;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A box without a battery begins with a clock of long ago. Until the clock is at least where it was
 * when the box last ran, its time is not trusted: whoever stamps data may say so; nobody may order
 * or delete stored data by it. Any thread may call.
 */
@ProviderType
public interface TimeTrust {

  /** The clock is not before what is known to be past. */
  boolean trusted();

  /** How often the clock has jumped by more than 2 s since the start. */
  long jumps();
}
