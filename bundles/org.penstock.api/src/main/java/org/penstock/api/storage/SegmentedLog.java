package org.penstock.api.storage;

import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An append-only log of records in segment files, each record with a checksum. Positions grow with
 * every append and are never used twice. Any thread may call.
 */
@ProviderType
public interface SegmentedLog extends AutoCloseable {

  /** Reads one record during {@link #replay}. */
  @FunctionalInterface
  interface Reader {
    /** Called in the order of appending, in the thread that called replay. */
    void record(long position, byte[] content) throws IOException;
  }

  /** There is no undamaged record at the position, and never will be. */
  final class Damaged extends IOException {

    private static final long serialVersionUID = 1L;

    /** Names position and file. */
    public Damaged(String message) {
      super(message);
    }
  }

  /** Where a record was put, and when it is durable. */
  record Appended(long position, CompletionStage<Void> durable) {}

  /**
   * Appends one record.
   *
   * @return its position; the stage completes when the record is forced to disk, or exceptionally
   *     with the {@link IOException} that prevented it. It is completed by the log's own thread: do
   *     not block in it.
   */
  Appended append(byte[] content) throws IOException;

  /**
   * As {@link #append}, but the record may gather with others in this process, to go to the operating
   * system with them: when they are forced, at the end of the group-commit time at the latest, or
   * with {@link #flush} or the next append. The end of the process takes what has gathered with it.
   * A disk that takes nothing may show in the stage alone.
   */
  default Appended appendLater(byte[] content) throws IOException {
    return append(content);
  }

  /** Gives the operating system what {@link #appendLater} has gathered. */
  default void flush() throws IOException {
    // nothing has: append writes at once
  }

  /** What is pending is forced at once, not at the end of the group-commit time; does not wait. */
  void hurry();

  /**
   * Reads one record again by a positional read.
   *
   * @throws Damaged it is lost; any other exception may pass
   */
  byte[] read(long position) throws IOException;

  /** Gives all undamaged records from the oldest on. */
  void replay(Reader reader) throws IOException;

  /** Deletes whole segments in which every position is below the given one. */
  void truncateBefore(long position) throws IOException;

  /** Bytes of all segment files. */
  long bytes();

  /** Places that the last {@link #replay} found damaged or torn and left out. */
  long damaged();

  /** Forces what is pending and closes the files. */
  @Override
  void close() throws IOException;
}
