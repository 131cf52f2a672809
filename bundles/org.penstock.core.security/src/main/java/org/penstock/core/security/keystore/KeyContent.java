package org.penstock.core.security.keystore;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.Entry;
import java.util.Map;
import org.eclipse.kura.KuraException;

/** Where the entries of a key store lie: a file, or a token. Any thread may call. */
interface KeyContent {

  /** Opens private keys; empty when the store itself keeps them closed. */
  char[] password();

  /** What callers may look at; changes of it do not reach a file. */
  KeyStore copy() throws GeneralSecurityException, IOException;

  Map<String, Entry> entries() throws GeneralSecurityException;

  /** The entry, or null. */
  Entry entry(String alias) throws GeneralSecurityException;

  /** Sets the entry durably. */
  void set(String alias, Entry entry) throws GeneralSecurityException, IOException, KuraException;

  /** Deletes the entry durably; false when it was not there. */
  boolean delete(String alias) throws GeneralSecurityException, IOException, KuraException;
}
