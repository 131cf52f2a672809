package org.penstock.core.security.keystore;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.KeyStore.Entry;
import java.security.KeyStore.PasswordProtection;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;

/**
 * What a PKCS#11 token holds, through Java's own SunPKCS11. Keys never leave the token, so signatures
 * need its provider: it stands in Java's list until {@link #close}.
 */
final class TokenContent implements KeyContent, AutoCloseable {

  private final Provider provider;
  private final KeyStore store;
  private final char[] pin;

  private TokenContent(Provider provider, KeyStore store, char[] pin) {
    this.provider = provider;
    this.store = store;
    this.pin = pin.clone();
  }

  /**
   * Logs in to a token.
   *
   * @param name of the provider to be made, letters and digits
   * @param library the token's library, an absolute path
   * @param slot as SunPKCS11 takes it, {@code slot = 3} or {@code slotListIndex = 0}
   */
  static TokenContent open(String name, String library, String slot, char[] pin)
      throws GeneralSecurityException, IOException {
    Provider base = Security.getProvider("SunPKCS11");
    if (base == null) {
      throw new GeneralSecurityException(
          "this Java has no PKCS#11 (module jdk.crypto.cryptoki); use a whole JDK or JRE");
    }
    Provider provider;
    try {
      provider = base.configure("--name = " + name + "\nlibrary = " + library + "\n" + slot + "\n");
    } catch (InvalidParameterException | ProviderException e) {
      throw new GeneralSecurityException(
          "the library " + library + " does not answer at " + slot + ": " + reason(e), e);
    }
    KeyStore store = KeyStore.getInstance("PKCS11", provider);
    try {
      store.load(null, pin);
    } catch (IOException e) {
      throw new IOException(
          "the token at " + slot + " of " + library + " refuses the PIN: " + reason(e), e);
    }
    Security.addProvider(provider);
    return new TokenContent(provider, store, pin);
  }

  private static String reason(Throwable failure) {
    Throwable last = failure;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return last.getMessage() == null ? last.toString() : last.getMessage();
  }

  @Override
  public char[] password() {
    return pin.clone();
  }

  @Override
  public KeyStore copy() {
    return store;
  }

  @Override
  public Map<String, Entry> entries() throws GeneralSecurityException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (String alias : Collections.list(store.aliases())) {
      Entry entry = entry(alias);
      if (entry != null) {
        entries.put(alias, entry);
      }
    }
    return entries;
  }

  @Override
  public Entry entry(String alias) throws GeneralSecurityException {
    if (!store.containsAlias(alias)) {
      return null;
    }
    return store.getEntry(alias, store.isKeyEntry(alias) ? new PasswordProtection(pin) : null);
  }

  @Override
  public void set(String alias, Entry entry) throws KuraException {
    throw readOnly();
  }

  @Override
  public boolean delete(String alias) throws KuraException {
    throw readOnly();
  }

  private static KuraException readOnly() {
    return new KuraException(
        KuraErrorCode.OPERATION_NOT_SUPPORTED,
        "a token's keys are changed with the tool of its maker, not here");
  }

  @Override
  public void close() {
    Security.removeProvider(provider.getName());
  }
}
