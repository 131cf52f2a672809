package org.penstock.cloud.connection;

import java.util.List;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.factory.CloudConnectionFactory;
import org.eclipse.kura.configuration.ConfigurationService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes and deletes the stack of a plain MQTT connection: endpoint, data service and transport. Any thread may call. */
@Component(
    name = RawConnectionFactory.PID,
    immediate = true,
    service = CloudConnectionFactory.class,
    property = {
      "kura.service.pid=" + RawConnectionFactory.PID,
      "kura.ui.csf.pid.default=" + RawEndpoint.PID + "-1",
      "kura.ui.csf.pid.regex=^" + RawEndpoint.PID + "\\-[a-zA-Z0-9]+$"
    })
public final class RawConnectionFactory implements CloudConnectionFactory {

  /** Pid. */
  static final String PID = "org.penstock.cloud.connection.RawConnectionFactory";

  private final Stack stack;

  /** Called by the component runtime. */
  @Activate
  public RawConnectionFactory(@Reference ConfigurationService configurations) {
    this.stack = new Stack(configurations, RawEndpoint.PID, PID);
  }

  @Override
  public String getFactoryPid() {
    return RawEndpoint.PID;
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
}
