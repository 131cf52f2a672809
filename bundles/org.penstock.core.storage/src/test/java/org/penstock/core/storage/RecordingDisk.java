package org.penstock.core.storage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A disk that keeps what it is told, so that a test can have the state after a crash at any point:
 * what was forced is there; what was not is there, is not, or is torn at 512 bytes, in any order.
 * Files that stand under the root when it is made count as forced. Use it through {@link
 * CrashPoints}.
 */
public final class RecordingDisk extends Disk {

  /** One recorded operation. */
  sealed interface Step {
    record Create(int inode, Path path) implements Step {}

    record Folder(Path path) implements Step {}

    record Write(int inode, long offset, byte[] bytes) implements Step {}

    record Force(int inode) implements Step {}

    record Rename(Path from, Path to) implements Step {}

    record Delete(Path path) implements Step {}

    record ForceFolder(Path folder) implements Step {}

    record Mark(Object what) implements Step {}
  }

  /** What became of the writes and names that were not forced before the crash. */
  public enum Unforced {
    /** Nothing of them reached the disk. */
    LOST,
    /** All of them did. */
    KEPT,
    /** Some did, some did not, some in part. */
    MIXED
  }

  private static final int SECTOR = 512;
  private static final int FOLDER = -1;

  private final Path root;
  private final List<Step> steps = new ArrayList<>();
  private final int begun;
  private int inodes;
  private volatile int failForces;
  private volatile int failWrites;
  private volatile int room = Integer.MAX_VALUE;

  /** All paths that will be used lie under the root. */
  public RecordingDisk(Path root) throws IOException {
    this.root = root;
    if (Files.isDirectory(root)) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          int inode = inodes++;
          steps.add(new Step.Create(inode, file));
          steps.add(new Step.Write(inode, 0, Files.readAllBytes(file)));
          steps.add(new Step.Force(inode));
          steps.add(new Step.ForceFolder(file.getParent()));
        }
      }
    }
    begun = steps.size();
  }

  /** The first point at which something may be lost. */
  public int begin() {
    return begun;
  }

  /** The storage over this disk. */
  public static org.penstock.api.storage.DurableStorage storage(RecordingDisk disk) {
    return new FileStorage(disk);
  }

  /** The next forces fail. */
  public void failForces(int count) {
    failForces = count;
  }

  /** The next writes fail: the disk is full. */
  public void failWrites(int count) {
    failWrites = count;
  }

  /** So many writes still find room, then none does; -1: there is room again. */
  public void fillAfter(int writes) {
    room = writes < 0 ? Integer.MAX_VALUE : writes;
  }

  private synchronized void add(Step step) {
    steps.add(step);
  }

  /** Notes something that the user of the disk knows from now on, for example an acknowledged id. */
  public void mark(Object what) {
    add(new Step.Mark(what));
  }

  /** How many operations were recorded. */
  public synchronized int size() {
    return steps.size();
  }

  /** What was marked before the crash point. */
  public synchronized List<Object> marks(int point) {
    List<Object> marks = new ArrayList<>();
    for (Step step : steps.subList(0, point)) {
      if (step instanceof Step.Mark mark) {
        marks.add(mark.what());
      }
    }
    return marks;
  }

  @Override
  Handle create(Path path) throws IOException {
    Files.deleteIfExists(path);
    int inode;
    synchronized (this) {
      inode = inodes++;
      steps.add(new Step.Create(inode, path));
    }
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new Handle(path, channel) {
      @Override
      void write(long offset, ByteBuffer bytes) throws IOException {
        if (failWrites > 0 || room <= 0) {
          failWrites--;
          throw new IOException("No space left on device (by the test's wish)");
        }
        room--;
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        add(new Step.Write(inode, offset, copy));
        super.write(offset, bytes);
      }

      @Override
      void force() throws IOException {
        if (failForces > 0) {
          failForces--;
          throw new IOException("the disk failed (by the test's wish)");
        }
        add(new Step.Force(inode));
      }
    };
  }

  @Override
  void rename(Path from, Path to) throws IOException {
    add(new Step.Rename(from, to));
    super.rename(from, to);
  }

  @Override
  void delete(Path path) throws IOException {
    add(new Step.Delete(path));
    super.delete(path);
  }

  @Override
  void forceFolder(Path folder) {
    add(new Step.ForceFolder(folder));
  }

  @Override
  void createFolders(Path folder) throws IOException {
    add(new Step.Folder(folder));
    super.createFolders(folder);
  }

  /** Writes into a new folder what may be on the disk after a crash before step {@code point}. */
  public void crash(int point, Random random, Path into) throws IOException {
    crash(point, Unforced.MIXED, random, into);
  }

  /** Writes into a new folder what is on the disk after a crash before step {@code point}. */
  public synchronized void crash(int point, Unforced unforced, Random random, Path into)
      throws IOException {
    List<Step> before = steps.subList(0, point);
    Map<Path, Integer> names = names(before, unforced, random);
    Set<Path> made = new HashSet<>();
    before.forEach(
        step -> made.addAll(step instanceof Step.Folder f ? Set.of(f.path()) : Set.of()));
    made.removeAll(names.keySet());
    for (Map.Entry<Path, Integer> entry : names.entrySet()) {
      Path path = entry.getKey();
      Path target = into.resolve(root.relativize(path));
      if (made.stream().anyMatch(path::startsWith)) {
        continue; // its folder's name was lost
      }
      if (entry.getValue() == FOLDER) {
        Files.createDirectories(target);
        continue;
      }
      Files.createDirectories(target.getParent());
      try (RandomAccessFile out = new RandomAccessFile(target.toFile(), "rw")) {
        content(before, entry.getValue(), unforced, random, out);
      }
    }
    Files.createDirectories(into);
  }

  private static Map<Path, Integer> names(List<Step> before, Unforced unforced, Random random) {
    Map<Path, Integer> lastForce = new HashMap<>();
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i) instanceof Step.ForceFolder f) {
        lastForce.put(f.folder(), i);
      }
    }
    Map<Path, Integer> names = new TreeMap<>();
    Set<Path> stopped = new HashSet<>();
    for (int i = 0; i < before.size(); i++) {
      Path path = named(before.get(i));
      if (path == null || stopped.contains(path.getParent())) {
        continue;
      }
      boolean durable = i < lastForce.getOrDefault(path.getParent(), -1);
      if (!durable && isLost(unforced, random)) {
        stopped.add(path.getParent()); // a journal keeps the order: nothing after it, either
        continue;
      }
      apply(before.get(i), names);
    }
    return names;
  }

  private static boolean isLost(Unforced unforced, Random random) {
    return unforced == Unforced.LOST || unforced == Unforced.MIXED && random.nextInt(3) == 0;
  }

  private static Path named(Step step) {
    if (step instanceof Step.Folder folder) {
      return folder.path();
    }
    if (step instanceof Step.Create create) {
      return create.path();
    }
    if (step instanceof Step.Rename rename) {
      return rename.to();
    }
    return step instanceof Step.Delete delete ? delete.path() : null;
  }

  private static void apply(Step step, Map<Path, Integer> names) {
    if (step instanceof Step.Folder folder) {
      names.put(folder.path(), FOLDER);
    } else if (step instanceof Step.Create create) {
      names.put(create.path(), create.inode());
    } else if (step instanceof Step.Rename rename) {
      Integer inode = names.remove(rename.from());
      if (inode != null) {
        names.put(rename.to(), inode);
      }
    } else if (step instanceof Step.Delete delete) {
      names.remove(delete.path());
    }
  }

  private static void content(
      List<Step> before, int inode, Unforced unforced, Random random, RandomAccessFile out)
      throws IOException {
    int forced = -1;
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i) instanceof Step.Force force && force.inode() == inode) {
        forced = i;
      }
    }
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i) instanceof Step.Write write && write.inode() == inode) {
        boolean kept = i < forced || unforced == Unforced.KEPT;
        int fate = kept ? 0 : unforced == Unforced.LOST ? 2 : random.nextInt(3);
        if (fate == 0) {
          out.seek(write.offset());
          out.write(write.bytes());
        } else if (fate == 1) {
          tear(write, random, out);
        }
      }
    }
  }

  private static void tear(Step.Write write, Random random, RandomAccessFile out)
      throws IOException {
    int from = 0;
    while (from < write.bytes().length) {
      int inSector = (int) ((write.offset() + from) % SECTOR);
      int length = Math.min(SECTOR - inSector, write.bytes().length - from);
      if (random.nextBoolean()) {
        out.seek(write.offset() + from);
        out.write(write.bytes(), from, length);
      }
      from += length;
    }
  }
}
