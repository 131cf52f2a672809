package org.penstock.api.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A whole gateway in one file: configuration, keys, identities, packages. It is restored on a blank
 * box by starting it with {@code --restore}, or takes the place of a running one's state at its next
 * start. Any thread may call.
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

  /**
   * Opens an archive to its end and unpacks it; at the next start it takes the place of this gateway's
   * state, which is kept in the folder {@code replaced} until the next time. What waits in the outbox
   * and the history stay.
   *
   * @param in stays open
   * @param passphrase is not kept
   * @return how many files
   * @throws IOException in words, when the passphrase is wrong or the archive is damaged; nothing
   *     changes then
   */
  int take(InputStream in, char[] passphrase) throws IOException;
}
