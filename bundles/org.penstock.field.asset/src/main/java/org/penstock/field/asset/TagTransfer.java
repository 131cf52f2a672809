package org.penstock.field.asset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.driver.DriverService;
import org.eclipse.kura.driver.descriptor.DriverDescriptor;
import org.eclipse.kura.driver.descriptor.DriverDescriptorService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.driver.ChannelCheck;
import org.penstock.api.tags.ImportOptions;
import org.penstock.api.tags.TableFormat;
import org.penstock.api.tags.TagProblem;
import org.penstock.api.tags.TagReport;
import org.penstock.api.tags.TagTables;
import org.penstock.field.asset.table.TableReader;
import org.penstock.field.asset.table.TableRow;
import org.penstock.field.asset.table.TableWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tables in and out. What an import began and could not end is undone. */
@Component
@SuppressWarnings("deprecation") // Kura deprecates DriverService, and offers nothing else for this
public final class TagTransfer implements TagTables {

  private static final Logger LOG = LoggerFactory.getLogger(TagTransfer.class);

  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final AssetThreads threads;
  private final ConfigurationService configurations;
  private final DriverDescriptorService drivers;
  private final DriverService services;

  /** Made by the framework, and by tests. */
  @Activate
  public TagTransfer(
      @Reference AssetThreads threads,
      @Reference ConfigurationService configurations,
      @Reference DriverDescriptorService drivers,
      @Reference DriverService services) {
    this.threads = threads;
    this.configurations = configurations;
    this.drivers = drivers;
    this.services = services;
  }

  @Override
  public synchronized TagReport importTable(
      InputStream table, TableFormat format, ImportOptions options) throws IOException {
    TagImport rows = newImport(options);
    TableReader.read(table, format, rows::row);
    return end(rows, options);
  }

  @Override
  public synchronized TagReport importTemplate(
      InputStream channels, InputStream instances, TableFormat format, ImportOptions options)
      throws IOException {
    List<TableRow> type = new ArrayList<>();
    TableReader.read(channels, format, type::add);
    List<TableRow> all = new ArrayList<>();
    TableReader.read(instances, format, all::add);
    TagImport rows = newImport(options);
    new TagTemplate(type, all).expand(rows);
    return end(rows, options);
  }

  private TagImport newImport(ImportOptions options) {
    return new TagImport(options, this::properties, this::attributes, this::check);
  }

  private Optional<ChannelCheck> check(String driver) {
    return Optional.ofNullable(services.getDriver(driver))
        .filter(ChannelCheck.class::isInstance)
        .map(ChannelCheck.class::cast);
  }

  /** Of an asset that is there; one that is just being made has none yet, and is not. */
  private Optional<Map<String, Object>> properties(String asset) {
    return threads.core(asset).map(AssetCore::properties).filter(now -> !now.isEmpty());
  }

  @SuppressWarnings("unchecked")
  private Optional<List<? extends AD>> attributes(String driver) {
    return drivers
        .getDriverDescriptor(driver)
        .map(DriverDescriptor::getChannelDescriptor)
        .filter(List.class::isInstance)
        .map(descriptor -> (List<? extends AD>) descriptor);
  }

  private TagReport end(TagImport rows, ImportOptions options) {
    if (!rows.isGood() || options.dryRun()) {
      return rows.report(false);
    }
    Deque<TagAssetChange> done = new ArrayDeque<>();
    for (TagAssetChange change : rows.changes()) {
      try {
        if (change.isOne(options.replace())) {
          apply(change, options.replace(), done);
        }
      } catch (KuraException failure) {
        rows.problem(
            new TagProblem(
                0, "", "", "asset " + change.asset() + ": " + failure.getMessage() + "; undone"));
        done.forEach(this::undo);
        return rows.report(false);
      }
    }
    TagReport report = rows.report(true);
    try {
      configurations.snapshot();
    } catch (KuraException failure) {
      LOG.error("the imported channels are in use, but there is no snapshot of them", failure);
    }
    settle(done);
    return report;
  }

  /** Until the assets have taken what was applied, so that who reads next sees it; 60 s at most. */
  private void settle(Collection<TagAssetChange> done) {
    Deque<TagAssetChange> waiting = new ArrayDeque<>(done);
    long end = System.nanoTime() + SETTLE_NANOS;
    while (!waiting.isEmpty()
        && System.nanoTime() < end
        && !Thread.currentThread().isInterrupted()) {
      TagAssetChange next = waiting.peek();
      if (properties(next.asset()).filter(next::isIn).isPresent()) {
        waiting.remove();
      } else {
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
  }

  private void apply(TagAssetChange change, boolean replace, Deque<TagAssetChange> done)
      throws KuraException {
    Map<String, Object> properties = change.propertiesAfter(replace);
    if (change.isNew()) {
      configurations.createFactoryConfiguration(
          WireAssetConfig.FACTORY_PID, change.asset(), properties, false);
      done.push(change);
    } else {
      done.push(change);
      configurations.updateConfiguration(change.asset(), properties, false);
    }
  }

  private void undo(TagAssetChange change) {
    try {
      if (change.isNew()) {
        configurations.deleteFactoryConfiguration(change.asset(), false);
      } else {
        configurations.updateConfiguration(change.asset(), change.propertiesBefore(), false);
      }
    } catch (KuraException failure) {
      LOG.error("asset {} could not be put back; roll back to a snapshot", change.asset(), failure);
    }
  }

  @Override
  public void exportTable(Collection<String> assets, TableFormat format, OutputStream out)
      throws IOException {
    Map<String, Map<String, Object>> all = new TreeMap<>();
    for (String asset : assets.isEmpty() ? threads.assets() : assets) {
      all.put(
          asset,
          properties(asset)
              .orElseThrow(() -> new IllegalArgumentException("asset " + asset + " is not there")));
    }
    try (TableWriter table = TableWriter.to(out, format)) {
      TagExport.write(all, table);
    }
  }
}
