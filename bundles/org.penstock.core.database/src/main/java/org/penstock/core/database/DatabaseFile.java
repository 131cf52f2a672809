package org.penstock.core.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.h2.api.ErrorCode;
import org.h2.mvstore.MVStoreTool;

/**
 * Opens a database's file. A damaged one is kept under another name, with the time in it; then the
 * newest readable state of it is taken, or else an empty database. Nothing is ever deleted.
 */
final class DatabaseFile {

  /** What opening came to. */
  enum Found {
    WELL,
    REPAIRED,
    EMPTY
  }

  /**
   * How it was opened.
   *
   * @param aside where the damaged file is; none when it was well
   */
  record Opened(Found found, List<Path> aside) {}

  /** Opens the file, and makes it if there is none. */
  @FunctionalInterface
  interface Opening {

    /** Fails when the file cannot be used. */
    void open() throws SQLException;
  }

  private static final Set<Integer> DAMAGE =
      Set.of(
          ErrorCode.FILE_CORRUPTED_1,
          ErrorCode.FILE_VERSION_ERROR_1,
          ErrorCode.GENERAL_ERROR_1,
          ErrorCode.IO_EXCEPTION_2,
          ErrorCode.DESERIALIZATION_FAILED_1);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Location location;
  private final Clock clock;

  DatabaseFile(Location location, Clock clock) {
    this.location = location;
    this.clock = clock;
  }

  /**
   * Opens.
   *
   * @param opening fails with an SQLException when the file cannot be used
   * @throws SQLException when it is not damaged but cannot be opened, for example in use
   */
  Opened open(Opening opening) throws SQLException, IOException {
    if (location.file().isEmpty()) {
      opening.open();
      return new Opened(Found.WELL, aside());
    }
    Path file = location.file().get();
    Files.createDirectories(file.getParent());
    try {
      opening.open();
      return new Opened(Found.WELL, aside());
    } catch (SQLException damage) {
      if (!Files.exists(file) || !isDamage(damage)) {
        throw damage;
      }
      return recover(file, opening);
    }
  }

  private Opened recover(Path file, Opening opening) throws SQLException, IOException {
    Path aside = location.beside(".damaged-" + TIME.format(clock.instant()) + ".mv.db");
    Files.copy(
        file, aside, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
    if (repaired(file)) {
      try {
        opening.open();
        return new Opened(Found.REPAIRED, aside());
      } catch (SQLException beyondRepair) {
        if (!isDamage(beyondRepair)) {
          throw beyondRepair;
        }
      }
    }
    Files.deleteIfExists(file); // the whole of it stands aside
    opening.open();
    return new Opened(Found.EMPTY, aside());
  }

  /** Goes back to the newest state in the file that can be read throughout. */
  private boolean repaired(Path file) throws IOException {
    try {
      FutureTask<Boolean> repair =
          new FutureTask<>(() -> MVStoreTool.repair(file.toString()), true);
      repair.run(); // here: it fails in many ways on what is no database at all
      return repair.get() && Files.exists(file);
    } catch (ExecutionException beyondRepair) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      Files.deleteIfExists(Path.of(file + ".back")); // a copy of what stands aside
      Files.deleteIfExists(Path.of(file + ".temp"));
    }
  }

  private List<Path> aside() throws IOException {
    if (location.file().isEmpty()) {
      return List.of();
    }
    String prefix = location.beside(".damaged-").getFileName().toString();
    try (Stream<Path> files = Files.list(location.file().get().getParent())) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  private static boolean isDamage(SQLException failure) {
    if (failure.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
      return false;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException && !(cause instanceof java.io.EOFException)) {
        return false; // the disk, not the file
      }
    }
    return DAMAGE.contains(failure.getErrorCode());
  }
}
