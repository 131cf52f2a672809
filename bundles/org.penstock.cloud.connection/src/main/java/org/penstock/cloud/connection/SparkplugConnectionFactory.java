package org.penstock.cloud.connection;

import java.util.List;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.factory.CloudConnectionFactory;
import org.eclipse.kura.configuration.ConfigurationService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.cloud.connection.sparkplug.SparkplugTransport;

/**
 * Makes and deletes the stack of an edge node: endpoint, data service, session and MQTT transport. Any
 * thread may call.
 */
@Component(
    name = SparkplugConnectionFactory.PID,
    immediate = true,
    service = CloudConnectionFactory.class,
    property = {
      "kura.service.pid=" + SparkplugConnectionFactory.PID,
      "kura.ui.csf.pid.default=" + SparkplugEndpoint.PID + "-1",
      "kura.ui.csf.pid.regex=^" + SparkplugEndpoint.PID + "\\-[a-zA-Z0-9]+$"
    })
public final class SparkplugConnectionFactory implements CloudConnectionFactory {

  /** Pid. */
  static final String PID = "org.penstock.cloud.connection.SparkplugConnectionFactory";

  private final Stack stack;

  /** Called by the component runtime. */
  @Activate
  public SparkplugConnectionFactory(@Reference ConfigurationService configurations) {
    this.stack = new Stack(configurations, SparkplugEndpoint.PID, PID, SparkplugTransport.PID);
  }

  @Override
  public String getFactoryPid() {
    return SparkplugEndpoint.PID;
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
