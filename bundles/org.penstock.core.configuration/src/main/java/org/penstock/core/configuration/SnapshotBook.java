package org.penstock.core.configuration;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.penstock.api.storage.DurableStorage;

/** The snapshots: packed, encrypted as a whole, read and written as documents. Any thread may call. */
final class SnapshotBook {

  /** Longest document on this gateway's own disk that is read, in characters. */
  private static final long LONGEST = 512L << 20;

  private static final int BLANKS = 4096;

  /** Bytes of a packed text that are passed on at once. */
  private static final int PACKED = 1 << 15;

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
    try (Reader text = new InputStreamReader(clear(id), StandardCharsets.UTF_8)) {
      return parsed(folder.file(id).toString(), text, LONGEST);
    }
  }

  private InputStream clear(long id) throws IOException, DocumentException {
    InputStream opened =
        secrets
            .decrypting(folder.open(id))
            .orElseThrow(
                () ->
                    new DocumentException(
                        folder.file(id)
                            + ": not encrypted by this gateway, or damaged (its checksum does not"
                            + " match)"));
    return unpacked(opened);
  }

  /** A packed text unpacked; one that was kept plain, or written before texts were packed, as is. */
  private static InputStream unpacked(InputStream opened) throws IOException {
    BufferedInputStream text = new BufferedInputStream(opened);
    text.mark(2);
    int magic = text.read() | text.read() << 8;
    text.reset();
    return magic == GZIPInputStream.GZIP_MAGIC ? new GZIPInputStream(text, PACKED) : text;
  }

  /** The notes of all snapshots. */
  Map<Long, Note> notes() throws IOException {
    return index.notes(folder.ids());
  }

  private Note note(long id) {
    try (InputStream text = clear(id)) {
      return Note.in(text);
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
        if (!isSealed(id)) {
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

  private boolean isSealed(long id) throws IOException {
    Optional<InputStream> clear = secrets.decrypting(folder.open(id));
    if (clear.isPresent()) {
      clear.get().close();
    }
    return clear.isPresent();
  }

  /** Reads a document, XML or JSON; the message of what is thrown names the file. */
  Document parsed(String name, String text) throws IOException, DocumentException {
    return parsed(name, new StringReader(text), LONGEST);
  }

  private Document parsed(String name, Reader text, long longest)
      throws IOException, DocumentException {
    try {
      BufferedReader begin = new BufferedReader(text);
      return isJson(begin)
          ? new SnapshotJsonReader().read(begin, longest)
          : new SnapshotXmlReader(secrets::decrypt).read(begin, longest);
    } catch (DocumentException e) {
      throw new DocumentException(name + ": " + e.getMessage(), e);
    }
  }

  private static boolean isJson(BufferedReader text) throws IOException {
    text.mark(BLANKS);
    int one = text.read();
    for (int i = 1; i < BLANKS && Character.isWhitespace(one); i++) {
      one = text.read();
    }
    text.reset();
    return one == '{';
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
      if (isSealed(id)) {
        return List.of();
      }
      String text = SnapshotFolder.text(folder.file(id));
      String begin = text.stripLeading();
      if (begin.startsWith("<") || begin.startsWith("{") || begin.startsWith("\uFEFF")) {
        plain.put(id, text);
      }
    }
    for (Map.Entry<Long, String> entry : plain.entrySet()) {
      try {
        parsed(folder.file(entry.getKey()).toString(), entry.getValue());
        folder.write(entry.getKey(), sealed(text -> text.write(entry.getValue())));
      } catch (DocumentException e) {
        complaints.add(e.getMessage());
      }
    }
    return complaints;
  }

  /** The same with passwords sealed. */
  Document sealed(Document document) throws KuraException {
    List<ComponentConfiguration> all = new ArrayList<>();
    for (ComponentConfiguration one : document.configurations()) {
      Map<String, Object> properties = one.getConfigurationProperties();
      boolean secret = Secrets.anyIn(properties);
      all.add(
          secret
              ? new ComponentConfigurationImpl(one.getPid(), null, secrets.sealed(properties))
              : one);
    }
    return new Document(all, document.flaws());
  }

  /** Keeps a sealed document as the snapshot with the given id. */
  void keep(long id, Document sealed, Note note) throws IOException {
    write(id, sealed.configurations(), note);
  }

  /** A sealed document becomes what the next snapshot builds on. */
  void begin(Document sealed) {
    latest.set(sealed.configurations());
  }

  /** Writes a new snapshot and returns its id. */
  long write(List<ComponentConfiguration> content, Note note) throws IOException {
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

  private void write(long id, List<ComponentConfiguration> content, Note note) throws IOException {
    Map<String, ComponentConfiguration> sorted = new TreeMap<>();
    content.forEach(one -> sorted.put(one.getPid(), one));
    folder.write(id, sealed(text -> SnapshotXmlWriter.write(text, sorted.values(), note)));
  }

  /** Writes a text. */
  @FunctionalInterface
  private interface Text {
    void writeTo(Writer text) throws IOException;
  }

  private DurableStorage.Content sealed(Text text) {
    return out -> {
      try (OutputStream packed = new Packed(secrets.encrypting(out));
          Writer clear = new OutputStreamWriter(packed, StandardCharsets.UTF_8)) {
        text.writeTo(clear);
      }
    };
  }

  /** Quickly packed: a large plant's text is some twentieth then, and sealing takes as much less. */
  private static final class Packed extends GZIPOutputStream {
    Packed(OutputStream sealing) throws IOException {
      super(sealing, PACKED);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
