package org.penstock.core.storage;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.SegmentedLog;

/**
 * A segmented log in files. Appends write at once, but for those that may wait: of them only the
 * first after a pause does, the others gather until some are to be written or forced. One thread per
 * log forces what was appended since the force before, at most once per group-commit time, at once
 * after a pause. After a force that failed nothing in that file is trusted that was not forced
 * before: it is written again, at the same positions, into a new segment.
 */
final class FileLog implements SegmentedLog {

  private static final long CLOSE_LIMIT_MS = 2000;

  private final Disk disk;
  private final Path folder;
  private final LogOptions options;
  private final Segments segments;
  private final Object lock = new Object();
  private final Thread committer;
  private final AtomicLong damaged = new AtomicLong();

  // guarded by lock
  private final Outgoing outgoing = new Outgoing(); // the end of what is pending
  private Group pending = new Group(0); // appended and not known to be on the disk
  private Segment active;
  private Disk.Handle file;
  private long tail;
  private final AtomicBoolean urgent = new AtomicBoolean();
  private final AtomicBoolean forcing = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  FileLog(Disk disk, Path folder, LogOptions options) throws IOException {
    this.disk = disk;
    this.folder = folder;
    this.options = options;
    segments = new Segments(disk, folder);
    tail = segments.end();
    committer = new Thread(this::commitAll, "core/storage/" + folder.getFileName());
    committer.setDaemon(true);
    committer.start();
  }

  @Override
  public Appended append(byte[] content) throws IOException {
    return append(content, false);
  }

  @Override
  public Appended appendLater(byte[] content) throws IOException {
    return append(content, true);
  }

  private Appended append(byte[] content, boolean later) throws IOException {
    if (content.length > Segment.MAX_CONTENT) {
      throw new IOException(
          "a record of " + content.length + " bytes is larger than " + Segment.MAX_CONTENT);
    }
    synchronized (lock) {
      if (closed.get()) {
        throw new IOException("the log " + folder + " is closed");
      }
      return shielded(() -> put(content, later));
    }
  }

  private Appended put(byte[] content, boolean later) throws IOException {
    if (file == null && !pending.isEmpty()) {
      renew(List.of(pending));
    } else if (file == null || tail - active.base() >= options.segmentBytes()) {
      roll();
    }
    long position = tail;
    outgoing.add(file, active.base(), position, content);
    boolean first = pending.isEmpty();
    if (first || !later || Outgoing.isLarge(content.length)) {
      try {
        outgoing.flush(file, active.base());
      } catch (IOException e) {
        outgoing.dropLast(content);
        throw e;
      }
    }
    tail = position + Segment.RECORD_HEADER + content.length;
    if (first) {
      pending = new Group(position);
      lock.notifyAll(); // once it has work, the committer looks at the clock alone
    }
    pending.add(content);
    return new Appended(position, pending.durable());
  }

  @Override
  public void flush() throws IOException {
    synchronized (lock) {
      shielded(
          () -> {
            if (file != null) {
              outgoing.flush(file, active.base());
            }
            return null;
          });
    }
  }

  private interface Use<T> {
    T run() throws IOException;
  }

  /**
   * An interrupt of a thread in a file channel closes the channel for everybody. So it is kept back
   * meanwhile; one that comes in the middle costs a new segment, and nothing of what was written.
   */
  private <T> T shielded(Use<T> use) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return use.run();
    } catch (ClosedChannelException cut) {
      interrupted |= Thread.interrupted();
      segments.closeReader();
      reopen();
      return use.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void reopen() throws IOException {
    awaitForced(); // the committer, failing on it too, has begun another segment by then
    if (file == null || file.isOpen()) {
      return;
    }
    file = null;
    if (pending.isEmpty()) {
      begin(Segment.of(folder, tail, 0));
    } else {
      renew(List.of(pending));
    }
  }

  /** Begins a segment with all that is not forced, at its positions. */
  private void renew(List<Group> unforced) throws IOException {
    long base = unforced.get(0).first() - Segment.HEADER;
    begin(Segment.of(folder, base, base == active.base() ? active.generation() + 1 : 0));
    try {
      outgoing.clear();
      for (Group group : unforced) {
        group.each((at, content) -> outgoing.add(file, base, at, content));
      }
      outgoing.flush(file, base);
    } catch (IOException e) {
      leave(e);
      throw e;
    }
  }

  /** Not all stands in the file, so nothing more may go there: the next append begins another. */
  private void leave(IOException why) {
    outgoing.clear();
    try (Disk.Handle bad = file) {
      file = null;
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  @Override
  public void hurry() {
    synchronized (lock) {
      urgent.set(!pending.isEmpty());
      lock.notifyAll();
    }
  }

  /** Begins a new segment; what the old one still has pending is forced first. */
  private void roll() throws IOException {
    awaitForced();
    try {
      if (file != null) {
        force();
        file.close();
        file = null;
      }
    } catch (ClosedChannelException interrupted) {
      throw interrupted;
    } catch (IOException e) {
      leave(e);
    }
    if (pending.isEmpty()) {
      begin(Segment.of(folder, tail, 0));
    } else {
      renew(List.of(pending));
    }
  }

  private void force() throws IOException {
    outgoing.flush(file, active.base());
    file.force();
    pending.complete(null);
    pending = new Group(tail);
  }

  /** The committer may be forcing the file that is about to be closed. */
  private void awaitForced() throws IOException {
    while (forcing.get()) {
      try {
        lock.wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for " + folder, e);
      }
    }
  }

  private void begin(Segment segment) throws IOException {
    Disk.Handle handle = disk.create(segment.path());
    try {
      handle.write(0, segment.header());
      disk.forceFolder(folder);
    } catch (IOException e) {
      handle.close();
      disk.delete(segment.path());
      throw e;
    }
    if (active != null) {
      segments.retire(active, tail - active.base());
    }
    file = handle;
    active = segment;
    tail = Math.max(tail, segment.base() + Segment.HEADER);
    segments.add(segment);
  }

  private void commitAll() {
    long last = System.nanoTime() - options.groupCommit().toNanos();
    while (awaitPending(last)) {
      commit();
      last = System.nanoTime();
    }
  }

  /** Waits for something to force, and for the group-commit time since the last force to pass. */
  private boolean awaitPending(long last) {
    synchronized (lock) {
      try {
        while (pending.isEmpty()) {
          if (closed.get()) {
            return false;
          }
          lock.wait();
        }
        long until = last + options.groupCommit().toNanos();
        long left = until - System.nanoTime();
        while (left > 0 && !closed.get() && !urgent.get()) {
          lock.wait(left / 1_000_000, (int) (left % 1_000_000));
          left = until - System.nanoTime();
        }
        urgent.set(false);
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  private void commit() {
    Group batch;
    Disk.Handle target;
    IOException failure = null;
    synchronized (lock) {
      if (file == null && !pending.isEmpty()) {
        takeUp();
      }
      batch = pending;
      target = file;
      if (batch.isEmpty() || target == null) {
        return; // a roll has forced it
      }
      try {
        outgoing.flush(target, active.base());
      } catch (IOException e) {
        failure = e;
      }
      pending = new Group(tail);
      forcing.set(true);
    }
    try {
      if (failure != null) {
        throw failure;
      }
      target.force();
      batch.complete(null);
    } catch (IOException e) {
      rewrite(batch, e);
    } finally {
      synchronized (lock) {
        forcing.set(false);
        lock.notifyAll();
      }
    }
  }

  /** A writer was interrupted before it had a new segment. */
  private void takeUp() {
    try {
      renew(List.of(pending));
    } catch (IOException e) {
      pending.complete(e);
      pending = new Group(tail);
    }
  }

  /** Puts all unforced records at their positions into a new segment, once; then gives up. */
  private void rewrite(Group batch, IOException cause) {
    List<Group> all = new ArrayList<>(List.of(batch));
    IOException failure = cause;
    synchronized (lock) {
      if (!pending.isEmpty()) {
        all.add(pending);
      }
      pending = new Group(tail);
      try {
        leave(failure);
        renew(all);
        file.force();
        failure = null;
      } catch (IOException e) {
        failure.addSuppressed(e);
        leave(e);
      }
    }
    for (Group group : all) {
      group.complete(failure);
    }
  }

  @Override
  public byte[] read(long position) throws IOException {
    synchronized (lock) {
      return shielded(() -> get(position));
    }
  }

  private byte[] get(long position) throws IOException {
    Segment segment = segments.at(position);
    if (segment.equals(active) && file != null) {
      byte[] unwritten = outgoing.find(position);
      return unwritten == null ? segment.read(file, position) : unwritten;
    }
    return segments.read(segment, position);
  }

  @Override
  public void replay(Reader reader) throws IOException {
    List<Segment> all;
    flush();
    synchronized (lock) {
      all = segments.list();
    }
    long found = 0;
    for (Segment segment : all) {
      long end;
      synchronized (lock) {
        end = segments.endOf(segment);
      }
      try (Disk.Handle handle = disk.openToRead(segment.path())) {
        found += segment.scan(handle, end, reader);
      }
    }
    damaged.set(found);
  }

  @Override
  public void truncateBefore(long position) throws IOException {
    synchronized (lock) {
      segments.truncateBefore(position, active);
    }
  }

  @Override
  public long bytes() {
    synchronized (lock) {
      return segments.bytes() + (active == null ? 0 : tail - active.base());
    }
  }

  @Override
  public long damaged() {
    return damaged.get();
  }

  @Override
  public void close() throws IOException {
    synchronized (lock) {
      if (closed.get()) {
        return;
      }
      closed.set(true);
      lock.notifyAll();
    }
    try {
      committer.join(CLOSE_LIMIT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (lock) {
      segments.closeReader();
      if (file != null) {
        force();
        file.close();
      }
    }
  }
}
