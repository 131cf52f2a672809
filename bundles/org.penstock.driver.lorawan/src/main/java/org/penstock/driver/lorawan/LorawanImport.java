package org.penstock.driver.lorawan;

import com.google.gson.Gson;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.driver.Driver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.penstock.api.job.JobException;
import org.penstock.api.job.JobKind;
import org.penstock.api.job.Progress;
import org.penstock.api.job.Work;

/** Takes a table of devices into an instance's configuration, as a job; no result holds a key. */
@Component(service = JobKind.class)
public final class LorawanImport implements JobKind {

  private static final Gson GSON = new Gson();

  private final ConfigurationService configurations;

  @Reference(
      service = Driver.class,
      target = "(service.factoryPid=" + LorawanDriverConfig.FACTORY_PID + ")",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile List<Driver> drivers;

  /** Called by the component runtime. */
  @Activate
  public LorawanImport(@Reference ConfigurationService configurations) {
    this.configurations = configurations;
  }

  /** For tests: with the drivers that there are. */
  LorawanImport(ConfigurationService configurations, List<Driver> drivers) {
    this.configurations = configurations;
    this.drivers = drivers;
  }

  /** A text with devices, and how they are decoded. */
  record Table(String csv, String codec) {}

  /** What an import did or would do; {@code done} when the configuration is as the table says. */
  record Outcome(
      boolean done, int added, int changed, int unchanged, List<DeviceTable.Fault> faults) {}

  @Override
  public String name() {
    return "lorawan.import";
  }

  @Override
  public String description() {
    return "adds devices of a table to a network server, or changes them: driver, csv, codec=,"
        + " dryRun=false";
  }

  @Override
  public String permission() {
    return "rest.configuration";
  }

  @Override
  public Work work(Map<String, String> arguments) {
    LorawanDriver driver = driver(arguments.getOrDefault("driver", ""));
    String csv = arguments.getOrDefault("csv", "");
    if (csv.isBlank()) {
      throw new IllegalArgumentException("csv is missing");
    }
    String codec = arguments.getOrDefault("codec", "");
    if (!codec.matches("\\S*")) {
      throw new IllegalArgumentException("codec '" + codec + "' has blanks");
    }
    boolean isDry = arguments.getOrDefault("dryRun", "false").equals("true");
    return progress -> run(progress, driver, new Table(csv, codec), isDry);
  }

  private LorawanDriver driver(String pid) {
    List<String> pids =
        drivers.stream().map(LorawanDriver.class::cast).map(LorawanDriver::pid).sorted().toList();
    return drivers.stream()
        .map(LorawanDriver.class::cast)
        .filter(each -> each.pid().equals(pid))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("driver '" + pid + "' must be one of " + pids));
  }

  private String run(Progress progress, LorawanDriver driver, Table table, boolean isDry)
      throws JobException {
    progress.report(10, "reads " + table.csv().lines().count() + " lines");
    try {
      Outcome outcome = take(configurations, driver, table, isDry);
      if (!outcome.faults().isEmpty()) {
        DeviceTable.Fault first = outcome.faults().get(0);
        throw JobException.after(
            "row %d, %s: %s; %d rows are wrong, nothing was changed"
                .formatted(first.row(), first.column(), first.message(), outcome.faults().size()),
            GSON.toJson(outcome));
      }
      progress.report(100, isDry ? "tried" : "taken in");
      return GSON.toJson(outcome);
    } catch (KuraException refused) {
      throw new JobException("the configuration was refused: " + refused.getMessage(), refused);
    }
  }

  /**
   * Takes it in, or says what that would do; a table with a wrong row changes nothing.
   *
   * @throws KuraException when the configuration is refused
   */
  static Outcome take(
      ConfigurationService configurations, LorawanDriver driver, Table table, boolean isTrial)
      throws KuraException {
    DeviceTable.Content content = DeviceTable.parse(table.csv(), table.codec());
    DeviceImport merged = DeviceImport.of(driver.devicesText(), driver.keysText(), content.rows());
    boolean isDry = isTrial || !content.faults().isEmpty();
    if (!isDry && merged.added() + merged.changed() > 0) {
      configurations.updateConfiguration(driver.pid(), merged.properties());
    }
    return new Outcome(
        !isDry, merged.added(), merged.changed(), merged.unchanged(), content.faults());
  }
}
