package org.eclipse.kura.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;

/** The public interface of a folder of class files, in rows like those of the table. */
public final class CompiledInterface {

  private final Map<String, Row> rows = new HashMap<>();
  private final Map<String, String> versions = new TreeMap<>();

  private CompiledInterface() {}

  /** Reads all class files below the folder. */
  public static CompiledInterface read(Path classes) {
    CompiledInterface result = new CompiledInterface();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        ClassRows rows = new ClassRows();
        new ClassReader(Files.readAllBytes(file)).accept(rows, 0);
        rows.addTo(result.rows, result.versions);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result;
  }

  /** The rows by key. */
  public Map<String, Row> rows() {
    return rows;
  }

  /** The version of each package that its {@code package-info} exports. */
  public Map<String, String> exports() {
    return versions;
  }
}
