package org.eclipse.kura.core.keystore.util;

/** Kinds of entries, and of requests to make some. */
public enum EntryType {
  TRUSTED_CERTIFICATE,
  PRIVATE_KEY,
  KEY_PAIR,
  CSR;

  /** The kind of that name in any case; another name is an IllegalArgumentException. */
  public static EntryType valueOfType(String name) {
    for (EntryType candidate : values()) {
      if (candidate.name().equalsIgnoreCase(name)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no kind of entry: " + name);
  }
}
