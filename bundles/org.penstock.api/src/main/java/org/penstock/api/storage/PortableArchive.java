package org.penstock.api.storage;

import java.io.IOException;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A whole gateway in one file: configuration, keys, identities, packages. It is restored on a blank
 * box by starting it with {@code --restore}. Any thread may call.
 */
@ProviderType
public interface PortableArchive {

  /** Shortest passphrase, in characters. */
  int LEAST = 12;

  /**
   * Writes the archive, sealed under the passphrase. Whoever has both has all secrets.
   *
   * @param out is flushed, not closed
   * @param passphrase {@link #LEAST} characters or more; is not kept
   * @throws IOException in words, when the passphrase is too short or a file can't be read
   */
  void export(OutputStream out, char[] passphrase) throws IOException;
}
