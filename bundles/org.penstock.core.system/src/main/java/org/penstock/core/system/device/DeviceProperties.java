package org.penstock.core.system.device;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.eclipse.kura.system.SystemService;

/**
 * The properties in their layers, later ones win: defaults; one base file, the first that exists of
 * resource kura.properties, the address in kura.configuration, {@code <kura.framework.config>
 * /kura.properties}; one custom file, found likewise; each known key given as property of the
 * framework or the Java VM.
 */
final class DeviceProperties {

  private static final Set<String> MORE =
      Set.of(
          "kura.company",
          "kura.project",
          "kura.serialNumber.provider",
          "kura.log.download.sources",
          "kura.log.download.journal.fields",
          "dpa.configuration",
          "dpa.connection.timeout",
          "dpa.read.timeout",
          "ccs.status.notification.url",
          "file.upload.in.memory.size.threshold",
          "file.upload.size.max");

  private final UnaryOperator<String> given;
  private final List<String> complaints = new ArrayList<>();

  /**
   * @param given a framework's or Java VM's property, or null
   */
  DeviceProperties(UnaryOperator<String> given) {
    this.given = given;
  }

  /** What could not be read, in words. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** All layers in one. */
  Properties load() {
    Path home =
        Path.of(Optional.ofNullable(given.apply("penstock.home")).orElse("penstock-home"))
            .toAbsolutePath();
    Properties all = defaults(home);
    Set<String> known = new TreeSet<>(MORE);
    known.addAll(constants());
    set(all, SystemService.KEY_KURA_FRAMEWORK_CONFIG_DIR);
    set(all, SystemService.KEY_KURA_USER_CONFIG_DIR);
    layer(
        all,
        SystemService.KURA_PROPS_FILE,
        SystemService.KURA_CONFIG,
        SystemService.KEY_KURA_FRAMEWORK_CONFIG_DIR);
    layer(
        all,
        SystemService.KURA_CUSTOM_PROPS_FILE,
        SystemService.KURA_CUSTOM_CONFIG,
        SystemService.KEY_KURA_USER_CONFIG_DIR);
    known.addAll(all.stringPropertyNames());
    known.forEach(key -> set(all, key));
    return all;
  }

  private void set(Properties all, String key) {
    String value = given.apply(key);
    if (value != null) {
      all.setProperty(key, value);
    }
  }

  /** Values of the API's constants that name keys. */
  private static Set<String> constants() {
    Set<String> keys = new TreeSet<>();
    for (Field field : SystemService.class.getFields()) {
      boolean isKey =
          field.getName().startsWith("KEY_")
              || field.getName().startsWith("CONFIG_")
              || field.getName().startsWith("DB_");
      if (isKey && field.getType() == String.class) {
        try {
          keys.add((String) field.get(null));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException("an interface's constants are public", e);
        }
      }
    }
    return keys;
  }

  private static Properties defaults(Path home) {
    Properties all = new Properties();
    Map<String, String> fixed =
        Map.of(
            SystemService.KEY_KURA_NAME,
            "Penstock",
            SystemService.KEY_KURA_SNAPSHOTS_COUNT,
            "10",
            SystemService.KEY_KURA_HAVE_WEB_INTER,
            "true",
            SystemService.KEY_KURA_HAVE_NET_ADMIN,
            "false",
            SystemService.KEY_FILE_COMMAND_ZIP_MAX_SIZE,
            "100",
            SystemService.KEY_FILE_COMMAND_ZIP_MAX_NUMBER,
            "1024",
            "file.upload.in.memory.size.threshold",
            "10240",
            "file.upload.size.max",
            "-1",
            "dpa.connection.timeout",
            "60000",
            "dpa.read.timeout",
            "60000");
    fixed.forEach(all::setProperty);
    Map<String, String> folders =
        Map.of(
            SystemService.KEY_KURA_HOME_DIR, "",
            SystemService.KEY_KURA_FRAMEWORK_CONFIG_DIR, "framework",
            SystemService.KEY_KURA_USER_CONFIG_DIR, "user",
            SystemService.KEY_KURA_SNAPSHOTS_DIR, "snapshots",
            SystemService.KEY_KURA_PACKAGES_DIR, "packages",
            SystemService.KEY_KURA_PLUGINS_DIR, "deploy",
            SystemService.KEY_KURA_DATA_DIR, "data",
            SystemService.KEY_KURA_STYLE_DIR, "console/skin",
            SystemService.KEY_KURA_TMP_DIR, "tmp");
    folders.forEach((key, folder) -> all.setProperty(key, home.resolve(folder).toString()));
    return all;
  }

  private void layer(Properties all, String file, String addressKey, String folderKey) {
    try {
      Optional<URL> found = first(file, given.apply(addressKey), all.getProperty(folderKey));
      if (found.isPresent()) {
        try (InputStream in = found.get().openStream()) {
          all.load(in);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      complaints.add(file + " can't be read: " + e.getMessage());
    }
  }

  private static Optional<URL> first(String file, String address, String folder)
      throws IOException {
    URL resource = DeviceProperties.class.getResource("/" + file);
    if (resource != null) {
      return Optional.of(resource);
    }
    if (address != null && !address.isBlank()) {
      return Optional.of(URI.create(address.trim()).toURL());
    }
    Path inFolder = Path.of(folder).resolve(file);
    return Files.isReadable(inFolder) ? Optional.of(inFolder.toUri().toURL()) : Optional.empty();
  }
}
