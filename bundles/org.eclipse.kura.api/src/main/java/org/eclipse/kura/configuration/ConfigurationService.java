package org.eclipse.kura.configuration;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Filter;

/** Reads and changes configurations, makes instances of factories, keeps snapshots. */
@ProviderType
public interface ConfigurationService {

  String KURA_SERVICE_PID = "kura.service.pid";

  Set<String> getFactoryComponentPids();

  void createFactoryConfiguration(
      String name, String name2, Map<String, Object> properties, boolean flag) throws KuraException;

  void deleteFactoryConfiguration(String name, boolean flag) throws KuraException;

  Set<String> getConfigurableComponentPids();

  List<ComponentConfiguration> getComponentConfigurations() throws KuraException;

  List<ComponentConfiguration> getComponentConfigurations(Filter filter) throws KuraException;

  ComponentConfiguration getComponentConfiguration(String pid) throws KuraException;

  ComponentConfiguration getDefaultComponentConfiguration(String pid) throws KuraException;

  void updateConfiguration(String name, Map<String, Object> properties) throws KuraException;

  void updateConfiguration(String name, Map<String, Object> properties, boolean flag)
      throws KuraException;

  void updateConfigurations(List<ComponentConfiguration> list) throws KuraException;

  void updateConfigurations(List<ComponentConfiguration> list, boolean flag) throws KuraException;

  Set<Long> getSnapshots() throws KuraException;

  List<ComponentConfiguration> getSnapshot(long number) throws KuraException;

  long snapshot() throws KuraException;

  long rollback() throws KuraException;

  void rollback(long number) throws KuraException;
}
