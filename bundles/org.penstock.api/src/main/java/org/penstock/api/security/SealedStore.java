package org.penstock.api.security;

import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ConsumerType;

/** Something that keeps encrypted text; registered as a service it takes part in a key rotation. */
@ConsumerType
public interface SealedStore {

  /** What it keeps, in words. */
  String name();

  /** Opens all encrypted text with any key and seals it with the current one, durably. */
  void sealAnew() throws KuraException;
}
