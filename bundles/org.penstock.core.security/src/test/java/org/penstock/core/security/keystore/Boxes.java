package org.penstock.core.security.keystore;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.eclipse.kura.crypto.CryptoService;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.SegmentedLog;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** What a key store stands on, in tests. */
public final class Boxes {

  private Boxes() {}

  /** Plain files. */
  public static DurableStorage storage() {
    return new DurableStorage() {
      @Override
      public void replace(Path file, Content content) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
          content.writeTo(out);
        }
      }

      @Override
      public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
      }

      @Override
      public SegmentedLog openLog(Path folder, LogOptions options) {
        throw new IllegalStateException("not used here");
      }
    };
  }

  /** Encrypted text is "sealed:" and the text; passwords of stores are kept in the map. */
  public static CryptoService crypto(Properties kept) {
    return (CryptoService)
        Proxy.newProxyInstance(
            Boxes.class.getClassLoader(),
            new Class<?>[] {CryptoService.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "decryptAes" ->
                      new String((char[]) arguments[0]).replace("sealed:", "").toCharArray();
                  case "getKeyStorePassword" ->
                      kept.isEmpty()
                          ? "changeit".toCharArray()
                          : kept.containsKey(arguments[0])
                              ? kept.getProperty((String) arguments[0]).toCharArray()
                              : null;
                  case "setKeyStorePassword" ->
                      kept.setProperty((String) arguments[0], new String((char[]) arguments[1]))
                              == null
                          ? null
                          : null;
                  default -> throw new IllegalStateException(method.getName());
                });
  }

  /** Repeated tasks run once, at once. */
  public static Strands strands() {
    return name ->
        new Strand() {
          @Override
          public void execute(Runnable task) {
            task.run();
          }

          @Override
          public Schedule after(Duration delay, Runnable task) {
            throw new IllegalStateException("not used here");
          }

          @Override
          public Schedule every(Duration first, Duration period, Runnable task) {
            task.run();
            return null;
          }

          @Override
          public int waiting() {
            return 0;
          }

          @Override
          public boolean isCurrent() {
            return false;
          }

          @Override
          public void close() {
            // nothing to end
          }
        };
  }

  /** The annotation with its defaults but for the given values by method name. */
  public static <A> A config(Class<A> type, Object... pairs) {
    Map<String, Object> given = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      given.put((String) pairs[i], pairs[i + 1]);
    }
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                given.getOrDefault(method.getName(), method.getDefaultValue())));
  }

  /** A key store in the folder. */
  public static FilesystemKeystore keystore(
      Path folder, String pid, Properties kept, Runnable changed, Object... pairs) {
    return new FilesystemKeystore(
        pid,
        folder,
        config(FilesystemKeystoreConfig.class, pairs),
        crypto(kept),
        storage(),
        sender -> changed.run(),
        strands());
  }
}
