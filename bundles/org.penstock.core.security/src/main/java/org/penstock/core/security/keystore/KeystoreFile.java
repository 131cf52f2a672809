package org.penstock.core.security.keystore;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.Entry;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.KeyStore.SecretKeyEntry;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.penstock.api.storage.DurableStorage;

/**
 * A key store in a file, held in memory and written as a whole. Its password is the one that was
 * used last (kept by the crypto service), the configured one, or Java's usual one: whichever opens
 * it. So neither a rollback of the configuration nor a power cut locks it.
 */
final class KeystoreFile implements KeyContent {

  private static final String USUAL = "changeit";
  private static final int RANDOM_BYTES = 24;

  private final Path file;
  private final DurableStorage storage;
  private final KeyStore store;
  private final char[] password;

  private KeystoreFile(Path file, DurableStorage storage, KeyStore store, char[] password) {
    this.file = file;
    this.storage = storage;
    this.store = store;
    this.password = password.clone();
  }

  /**
   * Opens the file, or makes it.
   *
   * @param configured the password that it shall have; ignored when it shall be random
   */
  static KeystoreFile open(
      Path file, char[] configured, boolean random, CryptoService crypto, DurableStorage storage)
      throws GeneralSecurityException, IOException, KuraException {
    char[] kept = crypto.getKeyStorePassword(file.toString());
    List<char[]> tries = new ArrayList<>();
    if (kept != null) {
      tries.add(kept);
    }
    tries.add(configured);
    tries.add(USUAL.toCharArray());
    KeystoreFile opened = Files.exists(file) ? opened(file, tries, storage) : null;
    boolean mine = opened != null && kept != null && same(opened.password, kept);
    boolean known =
        opened != null
            && (same(configured, opened.password) || same(USUAL.toCharArray(), opened.password));
    char[] wanted = random ? mine && !known ? kept : random() : configured;
    if (opened == null) {
      KeyStore fresh = KeyStore.getInstance(type(file));
      fresh.load(null, wanted);
      opened = new KeystoreFile(file, storage, fresh, wanted);
    } else if (same(opened.password, wanted)) {
      return opened;
    } else {
      opened = opened.under(wanted);
    }
    if (random) { // nobody else knows it: kept before it is used
      crypto.setKeyStorePassword(file.toString(), wanted);
      opened.save();
    } else {
      opened.save();
      crypto.setKeyStorePassword(file.toString(), wanted);
    }
    return opened;
  }

  private static KeystoreFile opened(Path file, List<char[]> tries, DurableStorage storage)
      throws GeneralSecurityException, IOException {
    byte[] content = Files.readAllBytes(file);
    IOException failure = null;
    for (char[] one : tries) {
      try {
        KeyStore store = KeyStore.getInstance(type(file));
        store.load(new ByteArrayInputStream(content), one);
        return new KeystoreFile(file, storage, store, one);
      } catch (IOException e) {
        failure = e;
      }
    }
    throw new IOException(
        "key store "
            + file
            + " can't be opened: it is damaged, or keystore.password is not its password",
        failure);
  }

  private KeystoreFile under(char[] next) throws GeneralSecurityException {
    KeyStore copy = KeyStore.getInstance(type(file));
    try {
      copy.load(null, next);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    for (Map.Entry<String, Entry> one : entries().entrySet()) {
      copy.setEntry(one.getKey(), one.getValue(), protection(one.getValue(), next));
    }
    return new KeystoreFile(file, storage, copy, next);
  }

  static String type(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".jks") ? "JKS" : "PKCS12";
  }

  private static boolean same(char[] one, char[] other) {
    return one != null && other != null && java.util.Arrays.equals(one, other);
  }

  private static char[] random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).toCharArray();
  }

  private static PasswordProtection protection(Entry entry, char[] password) {
    return entry instanceof PrivateKeyEntry || entry instanceof SecretKeyEntry
        ? new PasswordProtection(password)
        : null;
  }

  @Override
  public char[] password() {
    return password.clone();
  }

  /** A copy of all that is in it, so that nobody's change goes around {@link #set}. */
  @Override
  public synchronized KeyStore copy() throws GeneralSecurityException, IOException {
    KeyStore copy = KeyStore.getInstance(type(file));
    copy.load(new ByteArrayInputStream(bytes()), password);
    return copy;
  }

  private byte[] bytes() throws GeneralSecurityException, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, password);
    return bytes.toByteArray();
  }

  @Override
  public synchronized Map<String, Entry> entries() throws GeneralSecurityException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (String alias : Collections.list(store.aliases())) {
      Entry entry = entry(alias);
      if (entry != null) {
        entries.put(alias, entry);
      }
    }
    return entries;
  }

  /** The entry, or null. */
  @Override
  public synchronized Entry entry(String alias) throws GeneralSecurityException {
    if (!store.containsAlias(alias)) {
      return null;
    }
    boolean key = store.isKeyEntry(alias);
    return store.getEntry(alias, key ? new PasswordProtection(password) : null);
  }

  /** Sets the entry durably. */
  @Override
  public synchronized void set(String alias, Entry entry)
      throws GeneralSecurityException, IOException {
    Entry before = entry(alias);
    store.setEntry(alias, entry, protection(entry, password));
    saveOr(alias, before);
  }

  /** Deletes the entry durably; a missing one is no error. */
  @Override
  public synchronized boolean delete(String alias) throws GeneralSecurityException, IOException {
    Entry before = entry(alias);
    if (before == null) {
      return false;
    }
    store.deleteEntry(alias);
    saveOr(alias, before);
    return true;
  }

  /** What could not be written is not there in memory, either. */
  private void saveOr(String alias, Entry before) throws GeneralSecurityException, IOException {
    boolean saved = false;
    try {
      save();
      saved = true;
    } finally {
      if (!saved) {
        store.deleteEntry(alias);
        if (before != null) {
          store.setEntry(alias, before, protection(before, password));
        }
      }
    }
  }

  private void save() throws GeneralSecurityException, IOException {
    storage.replace(file, bytes());
  }
}
