package org.penstock.core.configuration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private final SnapshotIndex index;
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicReference<List<ComponentConfiguration>> latest =
      new AtomicReference<>(List.of());

  SnapshotBook(SnapshotFolder folder, Secrets secrets) {
    this.folder = folder;
    this.secrets = secrets;
    this.index = new SnapshotIndex(folder.folder(), folder.storage(), this::note);
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
    return parsed(folder.file(id).toString(), clear(id));
  }

  private String clear(long id) throws IOException, DocumentException {
    return secrets
        .decrypt(folder.read(id).trim())
        .orElseThrow(
            () ->
                new DocumentException(
                    folder.file(id)
                        + ": not encrypted by this gateway, or damaged (its checksum does not"
                        + " match)"));
  }

  /** The notes of all snapshots. */
  Map<Long, Note> notes() throws IOException {
    return index.notes(folder.ids());
  }

  private Note note(long id) {
    try {
      return Note.in(clear(id));
    } catch (IOException | DocumentException e) {
      return new Note("", "", "damaged: " + e.getMessage());
    }
  }

  /** Gives a snapshot another name and comment; its author and content stay. */
  void describe(long id, String name, String comment)
      throws IOException, DocumentException, KuraException {
    writing.lock();
    try {
      Document document = sealed(read(id));
      write(id, document.configurations(), new Note(note(id).author(), name, comment));
      index.forget(id);
    } finally {
      writing.unlock();
    }
  }

  /** The same content under the device's present key, passwords in it sealed anew, too. */
  void sealAnew() throws IOException, DocumentException, KuraException {
    writing.lock();
    try {
      for (Long id : folder.ids()) {
        if (secrets.decrypt(folder.read(id).trim()).isEmpty()) {
          continue; // damaged: no key opens it
        }
        List<ComponentConfiguration> all = new ArrayList<>();
        for (ComponentConfiguration one : read(id).configurations()) {
          all.add(again(one));
        }
        write(id, all, note(id));
      }
      List<ComponentConfiguration> now = new ArrayList<>();
      for (ComponentConfiguration one : latest.get()) {
        now.add(again(one));
      }
      latest.set(List.copyOf(now));
    } finally {
      writing.unlock();
    }
  }

  private ComponentConfiguration again(ComponentConfiguration one) throws KuraException {
    return new ComponentConfigurationImpl(
        one.getPid(), null, secrets.resealed(one.getConfigurationProperties()));
  }

  SnapshotFolder folder() {
    return folder;
  }

  /** Reads a document, XML or JSON; the message of what is thrown names the file. */
  Document parsed(String name, String text) throws DocumentException {
    try {
      return text.stripLeading().startsWith("{")
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
      String begin = text.stripLeading();
      if (begin.startsWith("<") || begin.startsWith("{") || begin.startsWith("\uFEFF")) {
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
  void keep(long id, Document sealed, Note note) throws IOException, KuraException {
    write(id, sealed.configurations(), note);
  }

  /** A sealed document becomes what the next snapshot builds on. */
  void begin(Document sealed) {
    latest.set(sealed.configurations());
  }

  /** Writes a new snapshot and returns its id. */
  long write(List<ComponentConfiguration> content, Note note) throws IOException, KuraException {
    writing.lock();
    try {
      long id = folder.nextId();
      write(id, content, note);
      latest.set(List.copyOf(content));
      return id;
    } finally {
      writing.unlock();
    }
  }

  private void write(long id, List<ComponentConfiguration> content, Note note)
      throws IOException, KuraException {
    Map<String, ComponentConfiguration> sorted = new TreeMap<>();
    content.forEach(one -> sorted.put(one.getPid(), one));
    folder.write(id, secrets.encrypt(SnapshotXmlWriter.configurations(sorted.values(), note)));
  }
}
