package org.penstock.core.security;

import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.SecretKey;

/**
 * The keys of this box.
 *
 * @param keys the first one encrypts, all decrypt
 */
record KeyRing(List<SecretKey> keys) {

  KeyRing {
    keys = List.copyOf(keys);
  }

  String encrypt(byte[] clear) throws GeneralSecurityException {
    return new AesText(keys.get(0)).encrypt(clear);
  }

  byte[] decrypt(String text) throws GeneralSecurityException {
    GeneralSecurityException failure = null;
    for (SecretKey key : keys) {
      try {
        return new AesText(key).decrypt(text);
      } catch (GeneralSecurityException e) {
        failure = failure == null ? e : failure; // the next key may fit
      }
    }
    throw failure;
  }
}
