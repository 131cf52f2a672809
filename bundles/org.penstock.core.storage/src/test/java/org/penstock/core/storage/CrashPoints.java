package org.penstock.core.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.penstock.api.storage.DurableStorage;

/** Goes through every point of a recorded scenario at which the power could have failed. */
public final class CrashPoints {

  /** Looks at one state after a crash; fails by throwing. */
  @FunctionalInterface
  public interface Check {
    /**
     * Opens what is there.
     *
     * @param state folder that holds what the recording disk's root held
     * @param known what was marked before the crash: whatever a user was told by then
     */
    void after(Path state, List<Object> known) throws Exception;
  }

  private static final Path MEMORY = Path.of("/dev/shm");

  private CrashPoints() {}

  /**
   * Calls the check for every point: with all that was not forced lost, with all of it kept, and
   * with some mixtures of lost, kept and torn at 512 bytes.
   *
   * @param scratch an empty folder for the states; each is deleted again. Where the machine has a
   *     folder in memory that is taken instead, since a busy disk makes a second a minute
   * @param mixtures how many for each point
   * @return how many states were looked at
   */
  public static int each(RecordingDisk disk, Path scratch, int mixtures, Check check)
      throws Exception {
    int states = 0;
    Path folder = Files.isWritable(MEMORY) ? Files.createTempDirectory(MEMORY, "crash") : scratch;
    Files.createDirectories(folder);
    for (int point = disk.begin(); point <= disk.size(); point++) {
      for (int i = 0; i < mixtures + 2; i++) {
        RecordingDisk.Unforced unforced =
            RecordingDisk.Unforced.values()[
                Math.min(i, RecordingDisk.Unforced.values().length - 1)];
        Path state = folder.resolve("crash-" + point + "-" + i);
        disk.crash(point, unforced, new Random(point * 31L + i), state);
        try {
          check.after(state, disk.marks(point));
        } catch (Exception | AssertionError e) {
          throw new AssertionError(
              "after a crash before step " + point + " of " + disk.size() + ", " + unforced, e);
        }
        delete(state);
        states++;
      }
    }
    delete(folder);
    return states;
  }

  /** A storage to open the states with: it does not wait for the disk, so thousands take seconds. */
  public static DurableStorage quick() {
    return new FileStorage(quickDisk());
  }

  static Disk quickDisk() {
    return new Disk() {
      @Override
      Handle create(Path path) throws IOException {
        Files.deleteIfExists(path);
        FileChannel channel =
            FileChannel.open(
                path,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        return new Handle(path, channel) {
          @Override
          void force() {
            // nobody will cut the power of this test
          }
        };
      }

      @Override
      void forceFolder(Path folder) {
        // as above
      }
    };
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
