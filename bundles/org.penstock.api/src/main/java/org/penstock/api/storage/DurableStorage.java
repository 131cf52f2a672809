package org.penstock.api.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one layer through which durable state is written. Every write, force and rename it does can be
 * recorded by a test and replayed at any prefix. Any thread may call.
 */
@ProviderType
public interface DurableStorage {

  /** A file's content, written in pieces, so that it need not be in memory as a whole. */
  @FunctionalInterface
  interface Content {

    /** Writes all of it; may close the stream. What it throws leaves the old content untouched. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Replaces the file's whole content: after a crash the file holds either the old or the new
   * content. Writes beside it, forces, renames, forces the folder; missing parent folders are made.
   *
   * @throws IOException names the file and the reason; the old content is untouched
   */
  void replace(Path file, Content content) throws IOException;

  /** The same with content that is in memory. */
  default void replace(Path file, byte[] content) throws IOException {
    replace(file, out -> out.write(content));
  }

  /** Removes the file durably; a missing file is no error. */
  void delete(Path file) throws IOException;

  /**
   * Opens (or makes) the segmented log in the folder. Torn or damaged records are left out and
   * counted; nothing that was forced and is undamaged is lost.
   */
  SegmentedLog openLog(Path folder, LogOptions options) throws IOException;
}
