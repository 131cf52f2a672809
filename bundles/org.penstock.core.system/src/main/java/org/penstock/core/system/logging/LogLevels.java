package org.penstock.core.system.logging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.storage.DurableStorage;

/**
 * Writes the configured levels into the file that {@code config/logback.xml} includes, so that they
 * hold from the first line of the next start, and lets the log service read its configuration again.
 */
@Component(
    name = LogLevels.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {ConfigurableComponent.class, HealthSource.class},
    property = "service.pid=" + LogLevels.PID)
@Designate(ocd = LogLevelsConfig.class)
public final class LogLevels implements ConfigurableComponent, HealthSource {

  /** Its pid. */
  public static final String PID = "org.penstock.core.logging";

  /** Framework property: the file from which logging is configured. */
  private static final String FILE = "org.ops4j.pax.logging.StaticLogbackFile";

  private static final Pattern LEVEL =
      Pattern.compile(
          "\\s*([A-Za-z_$][\\w.$-]{0,199})\\s*=\\s*(OFF|ERROR|WARN|INFO|DEBUG|TRACE)\\s*",
          Pattern.CASE_INSENSITIVE);

  /** Makes the log service read its configuration again. */
  interface Reread {
    void run() throws ConfigurationException;
  }

  private final HealthState state;

  /** Called by the component runtime. */
  @Activate
  public LogLevels(
      LogLevelsConfig config,
      BundleContext context,
      @Reference DurableStorage storage,
      @Reference(target = "(service.pid=org.ops4j.pax.logging)") ManagedService logging) {
    this(
        config.levels(),
        Path.of(context.getProperty("penstock.home")).resolve("user/logging.xml"),
        storage,
        () -> logging.updated(again(context.getProperty(FILE))));
  }

  LogLevels(String[] levels, Path file, DurableStorage storage, Reread reread) {
    List<String> faults = new ArrayList<>();
    String text = text(levels == null ? new String[0] : levels, faults);
    try {
      String before = Files.exists(file) ? Files.readString(file) : text(new String[0], faults);
      if (!text.equals(before)) {
        storage.replace(file, text.getBytes(StandardCharsets.UTF_8));
        reread.run();
      }
    } catch (IOException | ConfigurationException e) {
      faults.add("the levels can't be set: " + e.getMessage());
    }
    state =
        new HealthState(
            faults.isEmpty() ? Level.OK : Level.DEGRADED,
            String.join("; ", faults),
            Instant.now(),
            Map.of("levels", levels == null ? 0 : levels.length - faults.size()));
  }

  /** The log service skips a file whose path is as it was, so that it is named in another way. */
  private static Dictionary<String, Object> again(String file) {
    Path path = Path.of(file);
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(
        "org.ops4j.pax.logging.logback.config.file",
        path.resolveSibling(".").resolve(path.getFileName()).toString());
    return properties;
  }

  /** The file's text; what is no level is said among the faults. */
  static String text(String[] levels, List<String> faults) {
    StringBuilder xml = new StringBuilder("<included>\n");
    for (String one : levels) {
      Matcher level = LEVEL.matcher(one == null ? "" : one);
      if (!level.matches()) {
        faults.add(
            "'" + one + "' is no level; give LOGGER=LEVEL, as org.penstock.driver.modbus=DEBUG");
      } else if (level.group(1).equals("ROOT")) {
        xml.append("  <root level=\"")
            .append(level.group(2).toUpperCase(Locale.ROOT))
            .append("\"/>\n");
      } else {
        xml.append("  <logger name=\"").append(level.group(1));
        xml.append("\" level=\"").append(level.group(2).toUpperCase(Locale.ROOT)).append("\"/>\n");
      }
    }
    return xml.append("</included>\n").toString();
  }

  @Override
  public String name() {
    return "core/logging";
  }

  @Override
  public HealthState health() {
    return state;
  }
}
