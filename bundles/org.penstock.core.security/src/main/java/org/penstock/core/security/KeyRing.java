package org.penstock.core.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

  /** Encrypts in pieces what is written; closing it ends the text and closes the destination. */
  OutputStream encrypting(OutputStream destination) throws IOException, GeneralSecurityException {
    return new AesText(keys.get(0)).encrypting(destination);
  }

  /** Decrypts in pieces what was found genuine beforehand; see {@link OpenedText}. */
  InputStream decrypting(InputStream source) throws IOException, GeneralSecurityException {
    return OpenedText.of(keys, source);
  }
}
