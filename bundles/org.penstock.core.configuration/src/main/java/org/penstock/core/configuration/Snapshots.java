package org.penstock.core.configuration;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;

/** Taking snapshots and reading them. Any thread may call. */
final class Snapshots {

  private final SnapshotBook book;
  private final Components components;
  private final Changes changes;
  private final Secrets secrets;
  private final AtomicLong tickets = new AtomicLong();
  private final ReentrantLock taking = new ReentrantLock();
  private final AtomicLong takenTicket = new AtomicLong();
  private final AtomicLong takenId = new AtomicLong();

  Snapshots(SnapshotBook book, Components components, Changes changes, Secrets secrets) {
    this.book = book;
    this.components = components;
    this.changes = changes;
    this.secrets = secrets;
  }

  SortedSet<Long> ids() throws KuraException {
    try {
      return book.ids();
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_SNAPSHOT_LISTING, e);
    }
  }

  /**
   * Writes what is configured now. Components are asked before the lock is taken; of two callers the
   * one that asked earlier takes the other's snapshot, which holds all that it knows.
   */
  long take(Note note) throws KuraException {
    long ticket = tickets.incrementAndGet();
    try {
      Set<String> deleted = new HashSet<>(changes.pendingDeletes());
      List<ComponentConfiguration> content = content(deleted);
      taking.lock();
      try {
        if (takenTicket.get() > ticket) {
          return takenId.get();
        }
        long id = book.write(content, note);
        takenTicket.set(ticket);
        takenId.set(id);
        changes.pendingDeletes().removeAll(deleted);
        return id;
      } finally {
        taking.unlock();
      }
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_SNAPSHOT_TAKING, e, e.getMessage());
    }
  }

  /** What a snapshot taken now would hold, passwords sealed. */
  List<ComponentConfiguration> now() throws KuraException {
    try {
      return content(new HashSet<>(changes.pendingDeletes()));
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_ERROR, e, e.getMessage());
    }
  }

  private List<ComponentConfiguration> content(Set<String> deleted)
      throws IOException, KuraException {
    Map<String, ComponentConfiguration> content = new LinkedHashMap<>();
    Set<String> present = new TreeSet<>(components.activePids());
    components.instances().stream()
        .filter(i -> !i.servicePid().isEmpty())
        .forEach(i -> present.add(i.pid()));
    for (ComponentConfiguration before : book.latest()) {
      String pid = before.getPid();
      boolean dropped = deleted.contains(pid) && !present.contains(pid);
      if (!dropped) {
        content.put(pid, before);
        if (components.definitions().singleton(pid).isPresent()) {
          present.add(pid); // may have been updated while its component was not there
        }
      }
    }
    for (String pid : present) {
      Optional<Map<String, Object>> now = components.kept(pid);
      if (now.isPresent()) {
        content.put(pid, stored(pid, secrets.sealed(now.get())));
      }
    }
    return new ArrayList<>(content.values());
  }

  private ComponentConfiguration stored(String pid, Map<String, Object> properties) {
    Map<String, Object> all = PropertyMaps.copy(properties);
    components.instance(pid).ifPresent(i -> all.put(Keys.FACTORY_PID, i.factoryPid()));
    all.put(Keys.KURA_PID, pid);
    return new ComponentConfigurationImpl(pid, null, all);
  }

  /** The snapshot names the pid. */
  boolean has(long id, String pid) throws KuraException {
    return read(id).configurations().stream().anyMatch(one -> one.getPid().equals(pid));
  }

  /** One snapshot, passwords as they stand in it (sealed, unless the file was a plain one). */
  Document read(long id) throws KuraException {
    try {
      return book.read(id);
    } catch (NoSuchFileException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_SNAPSHOT_NOT_FOUND, e, id);
    } catch (IOException | DocumentException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_SNAPSHOT_LOADING, e, e.getMessage());
    }
  }

  /** Writes these configurations as the newest snapshot, whatever runs now. */
  void keep(Map<String, Map<String, Object>> wanted, Note note) throws KuraException {
    List<ComponentConfiguration> copy = new ArrayList<>();
    for (Map.Entry<String, Map<String, Object>> one : wanted.entrySet()) {
      Map<String, Object> properties = secrets.sealed(one.getValue());
      copy.add(new ComponentConfigurationImpl(one.getKey(), null, properties));
    }
    long ticket = tickets.incrementAndGet();
    taking.lock();
    try {
      takenId.set(book.write(copy, note));
      takenTicket.set(ticket);
      changes.pendingDeletes().clear();
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_SNAPSHOT_TAKING, e, e.getMessage());
    } finally {
      taking.unlock();
    }
  }

  SnapshotBook book() {
    return book;
  }
}
