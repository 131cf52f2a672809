package org.penstock.cloud.connection;

import java.util.HashMap;
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

/** Endpoint, data service and transport, with or without a session between, with one suffix. Any thread may call. */
@SuppressWarnings("deprecation") // the key of Kura's older interface
final class Stack {

  static final String DATA = "org.eclipse.kura.data.DataService";
  static final String TRANSPORT = "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";

  private final ConfigurationService configurations;
  private final String endpoint;
  private final String owner;
  private final String session;
  private final Pattern name;

  /**
   * A kind of stack.
   *
   * @param endpoint factory pid of its endpoints
   * @param owner pid of the connection factory
   */
  Stack(ConfigurationService configurations, String endpoint, String owner) {
    this(configurations, endpoint, owner, "");
  }

  /**
   * A kind of stack with a session between data service and transport.
   *
   * @param session its factory pid; empty for none
   */
  Stack(ConfigurationService configurations, String endpoint, String owner, String session) {
    this.configurations = configurations;
    this.endpoint = endpoint;
    this.owner = owner;
    this.session = session;
    this.name = Pattern.compile(Pattern.quote(endpoint) + "(-[a-zA-Z0-9]+)?");
  }

  void create(String pid) throws KuraException {
    String suffix = suffix(pid);
    if (configurations.getConfigurableComponentPids().contains(DATA + suffix)) {
      throw new KuraException(
          KuraErrorCode.INVALID_PARAMETER,
          "another connection uses " + DATA + suffix + "; give the pid another suffix");
    }
    Map<String, Object> first = new HashMap<>();
    first.put("DataService.target", target(DATA + suffix));
    first.put(CloudConnectionFactory.KURA_CLOUD_CONNECTION_FACTORY_PID, owner);
    first.put(CloudServiceFactory.KURA_CLOUD_SERVICE_FACTORY_PID, owner);
    String below = TRANSPORT + suffix;
    if (!session.isEmpty()) {
      below = session + suffix;
      first.put("EdgeNode.target", target(below));
      configurations.createFactoryConfiguration(
          session, below, Map.of("MqttTransport.target", target(TRANSPORT + suffix)), false);
    }
    configurations.createFactoryConfiguration(endpoint, pid, first, false);
    configurations.createFactoryConfiguration(
        DATA, DATA + suffix, Map.of("DataTransportService.target", target(below)), false);
    configurations.createFactoryConfiguration(TRANSPORT, TRANSPORT + suffix, Map.of(), true);
  }

  private static String target(String pid) {
    return "(kura.service.pid=" + pid + ")";
  }

  List<String> pids(String pid) throws KuraException {
    String suffix = suffix(pid);
    return session.isEmpty()
        ? List.of(pid, DATA + suffix, TRANSPORT + suffix)
        : List.of(pid, DATA + suffix, session + suffix, TRANSPORT + suffix);
  }

  private String suffix(String pid) throws KuraException {
    Matcher found = name.matcher(pid == null ? "" : pid);
    if (!found.matches()) {
      throw new KuraException(
          KuraErrorCode.INVALID_PARAMETER,
          "the pid must be " + endpoint + " or that with - and letters or digits, given: " + pid);
    }
    return found.group(1) == null ? "" : found.group(1);
  }

  void delete(String pid) throws KuraException {
    for (String each : pids(pid)) {
      configurations.deleteFactoryConfiguration(each, each.startsWith(TRANSPORT));
    }
  }

  Set<String> managed() throws KuraException {
    Set<String> pids = new TreeSet<>();
    for (ComponentConfiguration each : configurations.getComponentConfigurations()) {
      Map<String, Object> properties = each.getConfigurationProperties();
      if (properties != null && endpoint.equals(properties.get("service.factoryPid"))) {
        pids.add(each.getPid());
      }
    }
    return pids;
  }
}
