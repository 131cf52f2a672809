package org.penstock.core.configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.metatype.OCDService;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.eclipse.kura.core.configuration.metatype.Tocd;

/** Kura's OCDService. Any thread may call. */
final class KuraDefinitions implements OCDService {

  private final Definitions definitions;
  private final Function<Set<String>, List<String>> providers;

  /**
   * @param providers names of the components that declare one of the given services
   */
  KuraDefinitions(Definitions definitions, Function<Set<String>, List<String>> providers) {
    this.definitions = definitions;
    this.providers = providers;
  }

  @Override
  public List<ComponentConfiguration> getFactoryComponentOCDs() {
    List<ComponentConfiguration> found = new ArrayList<>();
    for (String pid : definitions.factoryPids()) {
      definitions.factory(pid).ifPresent(ocd -> found.add(configuration(pid, ocd)));
    }
    return found;
  }

  @Override
  public ComponentConfiguration getFactoryComponentOCD(String factoryPid) {
    return definitions.factory(factoryPid).map(ocd -> configuration(factoryPid, ocd)).orElse(null);
  }

  @Override
  public List<ComponentConfiguration> getServiceProviderOCDs(Class<?>... services) {
    return getServiceProviderOCDs(
        Arrays.stream(services).map(Class::getName).toArray(String[]::new));
  }

  @Override
  public List<ComponentConfiguration> getServiceProviderOCDs(String... services) {
    List<ComponentConfiguration> found = new ArrayList<>();
    for (String name :
        providers.apply(Set.of(Arrays.stream(services).distinct().toArray(String[]::new)))) {
      found.add(configuration(name, definitions.named(name).orElse(null)));
    }
    return found;
  }

  private static ComponentConfiguration configuration(String pid, Tocd ocd) {
    return new ComponentConfigurationImpl(
        pid, ocd, ocd == null ? new java.util.HashMap<>() : Defaults.of(ocd));
  }
}
