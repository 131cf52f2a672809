package org.penstock.cloud.connection;

import java.util.List;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloud.factory.CloudServiceFactory;
import org.eclipse.kura.cloudconnection.factory.CloudConnectionFactory;
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

  private final Stack stack;

  /** Called by the component runtime. */
  @Activate
  public KuraConnectionFactory(@Reference ConfigurationService configurations) {
    this.stack = new Stack(configurations, CloudServiceEndpoint.PID, PID);
  }

  @Override
  public String getFactoryPid() {
    return CloudServiceEndpoint.PID;
  }

  @Override
  public void createConfiguration(String pid) throws KuraException {
    stack.create(pid);
  }

  @Override
  public List<String> getStackComponentsPids(String pid) throws KuraException {
    return stack.pids(pid);
  }

  @Override
  public void deleteConfiguration(String pid) throws KuraException {
    stack.delete(pid);
  }

  @Override
  public Set<String> getManagedCloudConnectionPids() throws KuraException {
    return stack.managed();
  }

  @Override
  public Set<String> getManagedCloudServicePids() throws KuraException {
    return stack.managed();
  }
}
