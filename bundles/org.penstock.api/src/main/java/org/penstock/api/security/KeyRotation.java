package org.penstock.api.security;

import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Gives the box a new device key. Whatever is encrypted is encrypted anew; until all of it is, the
 * old key still opens it, so that a power cut at any moment loses nothing. Any thread may call; it
 * takes some seconds.
 */
@ProviderType
public interface KeyRotation {

  /**
   * Makes a new key and has all holders encrypt anew, then forgets the old key.
   *
   * @throws KuraException names what could not be encrypted anew; old and new key both stay, and the
   *     next call goes on
   */
  void rotate() throws KuraException;
}
