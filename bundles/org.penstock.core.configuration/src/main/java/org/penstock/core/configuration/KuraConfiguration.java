package org.penstock.core.configuration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraPartialSuccessException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.eclipse.kura.core.configuration.metatype.Tocd;
import org.osgi.framework.Filter;

/** Kura's ConfigurationService, as lenient as Kura's. Any thread may call. */
final class KuraConfiguration implements ConfigurationService {

  private final Components components;
  private final Changes changes;
  private final Snapshots snapshots;
  private final Rollback rollback;
  private final Secrets secrets;
  private final Notices notices;
  private final StrictCheck check;
  private final Function<Filter, Set<String>> matching;

  /**
   * @param matching the kura.service.pids of all services that a filter matches
   */
  KuraConfiguration(
      Components components,
      Changes changes,
      Snapshots snapshots,
      Rollback rollback,
      Secrets secrets,
      Notices notices,
      StrictCheck check,
      Function<Filter, Set<String>> matching) {
    this.components = components;
    this.changes = changes;
    this.snapshots = snapshots;
    this.rollback = rollback;
    this.secrets = secrets;
    this.notices = notices;
    this.check = check;
    this.matching = matching;
  }

  @Override
  public Set<String> getFactoryComponentPids() {
    return Collections.unmodifiableSet(components.definitions().factoryPids());
  }

  @Override
  public void createFactoryConfiguration(
      String factoryPid, String pid, Map<String, Object> properties, boolean takeSnapshot)
      throws KuraException {
    notices.audit("createFactoryConfiguration", factoryPid + " " + pid);
    check.requireStrictNew(factoryPid, pid, properties);
    changes.create(factoryPid, pid, properties);
    notices.changed(pid);
    if (takeSnapshot) {
      snapshots.take(Note.by("", "made " + pid + " of " + factoryPid));
    }
  }

  @Override
  public void deleteFactoryConfiguration(String pid, boolean takeSnapshot) throws KuraException {
    notices.audit("deleteFactoryConfiguration", pid);
    if (changes.delete(pid)) {
      notices.changed(pid);
      if (takeSnapshot) {
        snapshots.take(Note.by("", "deleted " + pid));
      }
    }
  }

  @Override
  public Set<String> getConfigurableComponentPids() {
    return components.activePids();
  }

  @Override
  public List<ComponentConfiguration> getComponentConfigurations() throws KuraException {
    return configurations(components.activePids());
  }

  @Override
  public List<ComponentConfiguration> getComponentConfigurations(Filter filter)
      throws KuraException {
    return filter == null ? getComponentConfigurations() : configurations(matching.apply(filter));
  }

  private List<ComponentConfiguration> configurations(Set<String> pids) throws KuraException {
    List<ComponentConfiguration> found = new ArrayList<>();
    for (String pid : pids) {
      Optional<ComponentConfiguration> one = read(pid);
      if (one.isPresent()) {
        found.add(with(one.get(), secrets.sealed(one.get().getConfigurationProperties())));
      }
    }
    return found;
  }

  @Override
  public ComponentConfiguration getComponentConfiguration(String pid) throws KuraException {
    return read(pid).map(this::opened).orElse(null);
  }

  @Override
  public ComponentConfiguration getDefaultComponentConfiguration(String pid) throws KuraException {
    if (pid == null) {
      return null;
    }
    Optional<ComponentConfiguration> self = components.active(pid).flatMap(components::own);
    Optional<Tocd> definition =
        self.isPresent()
            ? self.map(own -> Copies.of(own.getDefinition()))
            : components.definition(pid);
    return definition
        .map(ocd -> new ComponentConfigurationImpl(pid, ocd, Defaults.of(ocd)))
        .orElse(null);
  }

  @Override
  public void updateConfiguration(String pid, Map<String, Object> properties) throws KuraException {
    updateConfiguration(pid, properties, true);
  }

  @Override
  public void updateConfiguration(String pid, Map<String, Object> properties, boolean takeSnapshot)
      throws KuraException {
    updateConfigurations(
        List.of(new ComponentConfigurationImpl(pid, null, properties)), takeSnapshot);
  }

  @Override
  public void updateConfigurations(List<ComponentConfiguration> configurations)
      throws KuraException {
    updateConfigurations(configurations, true);
  }

  @Override
  public void updateConfigurations(
      List<ComponentConfiguration> configurations, boolean takeSnapshot) throws KuraException {
    List<Throwable> failures = new ArrayList<>();
    List<String> updated = new ArrayList<>();
    for (ComponentConfiguration one : configurations) {
      if (one == null) {
        continue;
      }
      notices.audit("updateConfiguration", one.getPid());
      try {
        check.requireStrict(one.getPid(), one.getConfigurationProperties());
        if (changes.update(one.getPid(), one.getConfigurationProperties())) {
          notices.changed(one.getPid());
          updated.add(one.getPid());
        }
      } catch (KuraException e) {
        failures.add(e);
      }
    }
    if (takeSnapshot) {
      try {
        snapshots.take(Note.by("", "updated " + String.join(", ", updated)));
      } catch (KuraException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw new KuraPartialSuccessException("updateConfigurations", failures);
    }
  }

  @Override
  public Set<Long> getSnapshots() throws KuraException {
    return snapshots.ids();
  }

  @Override
  public List<ComponentConfiguration> getSnapshot(long id) throws KuraException {
    return new ArrayList<>(snapshots.read(id).configurations().stream().map(this::opened).toList());
  }

  @Override
  public long snapshot() throws KuraException {
    notices.audit("snapshot", "");
    return snapshots.take(Note.by("", ""));
  }

  @Override
  public long rollback() throws KuraException {
    notices.audit("rollback", "");
    return rollback.rollback();
  }

  @Override
  public void rollback(long id) throws KuraException {
    notices.audit("rollback", Long.toString(id));
    rollback.rollback(id);
  }

  private Optional<ComponentConfiguration> read(String pid) throws KuraException {
    try {
      return pid == null ? Optional.empty() : components.configuration(pid);
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_ERROR, e, pid + ": " + e.getMessage());
    }
  }

  private ComponentConfiguration opened(ComponentConfiguration sealed) {
    return with(sealed, secrets.opened(sealed.getConfigurationProperties()));
  }

  private static ComponentConfiguration with(
      ComponentConfiguration one, Map<String, Object> properties) {
    return new ComponentConfigurationImpl(one.getPid(), (Tocd) one.getDefinition(), properties);
  }
}
