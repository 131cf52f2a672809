package org.penstock.cloud.connection;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloud.factory.CloudServiceFactory;
import org.eclipse.kura.cloudconnection.factory.CloudConnectionFactory;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes and deletes Kura's stack: endpoint, data service and transport. Any thread may call. */
@Component(
    name = KuraConnectionFactory.PID,
    immediate = true,
    service = {CloudConnectionFactory.class, CloudServiceFactory.class},
    property = {
      "kura.service.pid=" + KuraConnectionFactory.PID,
      "kura.ui.csf.pid.default=org.eclipse.kura.cloud.CloudService-2",
      "kura.ui.csf.pid.regex=^org.eclipse.kura.cloud.CloudService\\-[a-zA-Z0-9]+$"
    })
@SuppressWarnings("deprecation") // Kura's older interface is still asked for
public final class KuraConnectionFactory implements CloudConnectionFactory, CloudServiceFactory {

  /** Kura's pid. */
  static final String PID = "org.eclipse.kura.core.cloud.factory.DefaultCloudServiceFactory";

  static final String DATA = "org.eclipse.kura.data.DataService";
  static final String TRANSPORT = "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";

  private static final Pattern NAME =
      Pattern.compile(Pattern.quote(CloudServiceEndpoint.PID) + "(-[a-zA-Z0-9]+)?");

  private final ConfigurationService configurations;

  /** Called by the component runtime. */
  @Activate
  public KuraConnectionFactory(@Reference ConfigurationService configurations) {
    this.configurations = configurations;
  }

  @Override
  public String getFactoryPid() {
    return CloudServiceEndpoint.PID;
  }

  @Override
  public void createConfiguration(String pid) throws KuraException {
    String suffix = suffix(pid);
    configurations.createFactoryConfiguration(
        CloudServiceEndpoint.PID,
        pid,
        Map.of(
            "DataService.target",
            target(DATA + suffix),
            KURA_CLOUD_CONNECTION_FACTORY_PID,
            PID,
            KURA_CLOUD_SERVICE_FACTORY_PID,
            PID),
        false);
    configurations.createFactoryConfiguration(
        DATA,
        DATA + suffix,
        Map.of("DataTransportService.target", target(TRANSPORT + suffix)),
        false);
    configurations.createFactoryConfiguration(TRANSPORT, TRANSPORT + suffix, Map.of(), true);
  }

  private static String target(String pid) {
    return "(kura.service.pid=" + pid + ")";
  }

  @Override
  public List<String> getStackComponentsPids(String pid) throws KuraException {
    String suffix = suffix(pid);
    return List.of(pid, DATA + suffix, TRANSPORT + suffix);
  }

  private static String suffix(String pid) throws KuraException {
    Matcher name = NAME.matcher(pid == null ? "" : pid);
    if (!name.matches()) {
      throw new KuraException(
          KuraErrorCode.INVALID_PARAMETER,
          "the pid must be "
              + CloudServiceEndpoint.PID
              + " or that with - and letters or digits, given: "
              + pid);
    }
    return name.group(1) == null ? "" : name.group(1);
  }

  @Override
  public void deleteConfiguration(String pid) throws KuraException {
    List<String> stack = getStackComponentsPids(pid);
    configurations.deleteFactoryConfiguration(stack.get(0), false);
    configurations.deleteFactoryConfiguration(stack.get(1), false);
    configurations.deleteFactoryConfiguration(stack.get(2), true);
  }

  @Override
  public Set<String> getManagedCloudConnectionPids() throws KuraException {
    Set<String> pids = new TreeSet<>();
    for (ComponentConfiguration each : configurations.getComponentConfigurations()) {
      Map<String, Object> properties = each.getConfigurationProperties();
      if (properties != null
          && CloudServiceEndpoint.PID.equals(properties.get("service.factoryPid"))) {
        pids.add(each.getPid());
      }
    }
    return pids;
  }

  @Override
  public Set<String> getManagedCloudServicePids() throws KuraException {
    return getManagedCloudConnectionPids();
  }
}
