package org.penstock.core.configuration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;

/** The snapshots: encrypted as a whole, read and written as documents. Any thread may call. */
final class SnapshotBook {

  private final SnapshotFolder folder;
  private final Secrets secrets;
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicReference<List<ComponentConfiguration>> latest =
      new AtomicReference<>(List.of());

  SnapshotBook(SnapshotFolder folder, Secrets secrets) {
    this.folder = folder;
    this.secrets = secrets;
  }

  /** Ascending. */
  SortedSet<Long> ids() throws IOException {
    return folder.ids();
  }

  /** What the newest readable snapshot holds, or what was written since; passwords sealed. */
  List<ComponentConfiguration> latest() {
    return latest.get();
  }

  /** Reads one snapshot; the message of what is thrown names the file. */
  Document read(long id) throws IOException, DocumentException {
    String text = folder.read(id);
    Optional<String> clear = secrets.decrypt(text.trim());
    String name = folder.file(id).toString();
    if (clear.isEmpty()) {
      throw new DocumentException(
          name + ": not encrypted by this gateway, or damaged (its checksum does not match)");
    }
    return parsed(name, clear.get());
  }

  /** Reads a document, XML or JSON; the message of what is thrown names the file. */
  Document parsed(String name, String text) throws DocumentException {
    try {
      return text.startsWith("{")
          ? new SnapshotJsonReader().read(text)
          : new SnapshotXmlReader(secrets::decrypt).read(text);
    } catch (DocumentException e) {
      throw new DocumentException(name + ": " + e.getMessage(), e);
    }
  }

  /**
   * When no file of the folder decrypts, files that hold readable XML are encrypted in place.
   *
   * @return what could not be taken, in words; empty when nothing was wrong
   */
  List<String> encryptPlainOnes() throws IOException {
    Map<Long, String> plain = new TreeMap<>();
    List<String> complaints = new ArrayList<>();
    for (Long id : folder.ids()) {
      String text = folder.read(id);
      if (secrets.decrypt(text.trim()).isPresent()) {
        return List.of();
      }
      if (text.stripLeading().startsWith("<") || text.startsWith("\uFEFF")) {
        plain.put(id, text);
      }
    }
    for (Map.Entry<Long, String> entry : plain.entrySet()) {
      try {
        parsed(folder.file(entry.getKey()).toString(), entry.getValue());
        folder.write(entry.getKey(), secrets.encrypt(entry.getValue()));
      } catch (DocumentException | KuraException e) {
        complaints.add(e.getMessage());
      }
    }
    return complaints;
  }

  /** The same with passwords sealed. */
  Document sealed(Document document) throws KuraException {
    List<ComponentConfiguration> all = new ArrayList<>();
    for (ComponentConfiguration one : document.configurations()) {
      Map<String, Object> properties = secrets.sealed(one.getConfigurationProperties());
      all.add(new ComponentConfigurationImpl(one.getPid(), null, properties));
    }
    return new Document(all, document.flaws());
  }

  /** Keeps a sealed document as the snapshot with the given id. */
  void keep(long id, Document sealed) throws IOException, KuraException {
    write(id, sealed.configurations());
  }

  /** A sealed document becomes what the next snapshot builds on. */
  void begin(Document sealed) {
    latest.set(sealed.configurations());
  }

  /** Writes a new snapshot and returns its id. */
  long write(List<ComponentConfiguration> content) throws IOException, KuraException {
    writing.lock();
    try {
      long id = folder.nextId();
      write(id, content);
      latest.set(List.copyOf(content));
      return id;
    } finally {
      writing.unlock();
    }
  }

  private void write(long id, List<ComponentConfiguration> content)
      throws IOException, KuraException {
    Map<String, ComponentConfiguration> sorted = new TreeMap<>();
    content.forEach(one -> sorted.put(one.getPid(), one));
    folder.write(id, secrets.encrypt(SnapshotXmlWriter.configurations(sorted.values())));
  }
}
