package org.penstock.core.launcher;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;

/**
 * What the launcher remembers from one start to the next.
 *
 * @param set name of the set of system bundles that is started; empty for the program folder's own
 * @param good the last set that stayed well
 * @param ready the last start came as far as ready
 * @param failed starts in a row of this set that never became ready
 * @param memory runs in a row that ended for want of memory
 */
record BootRecord(String set, String good, boolean ready, int failed, int memory) {

  static final BootRecord FIRST = new BootRecord("", "", true, 0, 0);

  static BootRecord load(Path file) {
    if (!Files.exists(file)) {
      return FIRST;
    }
    Properties p = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      p.load(in);
      return new BootRecord(
          p.getProperty("set", ""),
          p.getProperty("good", ""),
          Boolean.parseBoolean(p.getProperty("ready", "true")),
          Integer.parseInt(p.getProperty("failed", "0")),
          Integer.parseInt(p.getProperty("memory", "0")));
    } catch (IOException | IllegalArgumentException e) {
      return FIRST; // damaged: the program folder's own set is always there
    }
  }

  /** Replaces the file as a whole. */
  void save(Path file) throws IOException {
    Properties p = new Properties();
    p.setProperty("set", set);
    p.setProperty("good", good);
    p.setProperty("ready", Boolean.toString(ready));
    p.setProperty("failed", Integer.toString(failed));
    p.setProperty("memory", Integer.toString(memory));
    StringWriter text = new StringWriter();
    p.store(text, null);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.createDirectories(file.getParent());
    Files.writeString(part, text.toString(), StandardCharsets.UTF_8);
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  BootRecord begun(String next, int failures, int outOfMemory) {
    return new BootRecord(next, good, false, failures, outOfMemory);
  }

  BootRecord reached() {
    return new BootRecord(set, good, true, 0, memory);
  }

  BootRecord proven() {
    return new BootRecord(set, set, true, 0, 0);
  }
}
