package org.penstock.cloud.remote;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.core.configuration.XmlComponentConfigurations;
import org.eclipse.kura.core.configuration.XmlSnapshotIdResult;
import org.eclipse.kura.marshalling.Marshaller;
import org.eclipse.kura.marshalling.Unmarshaller;
import org.penstock.api.configuration.ConfigurationCheck;
import org.penstock.api.configuration.Problem;
import org.penstock.api.strand.Strand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** CONF-V1: configurations and snapshots in Kura's XML form. */
final class ConfApp implements RequestHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ConfApp.class);
  private static final Duration LATER = Duration.ofSeconds(1);
  private static final String CONFIGURATIONS = "configurations";
  private static final String SNAPSHOTS = "snapshots";
  private static final String FACTORY_PID = "service.factoryPid";

  private final ConfigurationService service;
  private final ConfigurationCheck check;
  private final Marshaller marshaller;
  private final Unmarshaller unmarshaller;
  private final ManagementLink link;
  private final Strand strand;
  private final Set<String> ignored;

  /**
   * Serves configurations.
   *
   * @param ignored pids that are not shown in the list of all
   */
  ConfApp(
      ConfigurationService service,
      ConfigurationCheck check,
      Marshaller marshaller,
      Unmarshaller unmarshaller,
      ManagementLink link,
      Strand strand,
      Set<String> ignored) {
    this.service = service;
    this.check = check;
    this.marshaller = marshaller;
    this.unmarshaller = unmarshaller;
    this.link = link;
    this.strand = strand;
    this.ignored = Set.copyOf(ignored);
  }

  @Override
  public KuraMessage doGet(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    List<String> args = Exchange.args(request);
    String first = args.isEmpty() ? "" : args.get(0);
    if (first.equals(CONFIGURATIONS) && args.size() <= 2) {
      return Exchange.ok(configurations(args.size() == 2 ? args.get(1) : null));
    }
    if (first.equals(SNAPSHOTS) && args.size() == 1) {
      return ids();
    }
    if (first.equals(SNAPSHOTS) && args.size() == 2) {
      return Exchange.ok(xml(service.getSnapshot(existing(args.get(1)))));
    }
    throw unknown(first, args, CONFIGURATIONS, SNAPSHOTS);
  }

  private String configurations(String pid) throws KuraException {
    List<ComponentConfiguration> all = new ArrayList<>();
    if (pid == null) {
      for (ComponentConfiguration c : service.getComponentConfigurations()) {
        if (!ignored.contains(c.getPid())) {
          all.add(c);
        }
      }
    } else {
      ComponentConfiguration one =
          service.getConfigurableComponentPids().contains(pid)
              ? service.getComponentConfiguration(pid)
              : null;
      if (one == null) {
        throw Exchange.notFound("there is no component " + pid);
      }
      all.add(one);
    }
    return xml(all);
  }

  private String xml(List<ComponentConfiguration> all) throws KuraException {
    XmlComponentConfigurations document = new XmlComponentConfigurations();
    document.setConfigurations(new ArrayList<>(all));
    return marshaller.marshal(document);
  }

  private KuraMessage ids() throws KuraException {
    XmlSnapshotIdResult result = new XmlSnapshotIdResult();
    result.setSnapshotIds(new ArrayList<>(new TreeSet<>(service.getSnapshots())));
    return Exchange.ok(marshaller.marshal(result));
  }

  private long existing(String text) throws KuraException {
    long id;
    try {
      id = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Exchange.bad("a snapshot's id is a number, given: " + text);
    }
    if (!service.getSnapshots().contains(id)) {
      throw Exchange.notFound("there is no snapshot " + id);
    }
    return id;
  }

  @Override
  public KuraMessage doPut(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    List<String> args = Exchange.args(request);
    if (args.isEmpty() || !args.get(0).equals(CONFIGURATIONS) || args.size() > 2) {
      throw unknown(args.isEmpty() ? "" : args.get(0), args, CONFIGURATIONS);
    }
    List<ComponentConfiguration> all;
    try {
      all =
          unmarshaller
              .unmarshal(Exchange.body(request), XmlComponentConfigurations.class)
              .getConfigurations();
    } catch (KuraException e) {
      throw Exchange.bad("the body is no configuration: " + e.getMessage());
    }
    List<ComponentConfiguration> wanted =
        args.size() == 1 ? all : all.stream().filter(c -> c.getPid().equals(args.get(1))).toList();
    if (wanted.isEmpty()) {
      throw Exchange.bad(
          "the body has no configuration" + (args.size() == 2 ? " of " + args.get(1) : ""));
    }
    List<Problem> problems = wanted.stream().flatMap(c -> problems(c).stream()).toList();
    if (!problems.isEmpty()) { // once the change is under way, nobody is left to be told
      throw Exchange.bad(String.join(" | ", problems.stream().map(Problem::text).toList()));
    }
    strand.after(LATER, () -> link.apply(wanted));
    return Exchange.ok();
  }

  private List<Problem> problems(ComponentConfiguration wanted) {
    if (wanted.getPid() == null) {
      return List.of(new Problem("", "pid", "", "give each configuration its pid"));
    }
    Map<String, Object> properties =
        Optional.ofNullable(wanted.getConfigurationProperties()).orElseGet(Map::of);
    boolean isActive = service.getConfigurableComponentPids().contains(wanted.getPid());
    if (isActive || !(properties.get(FACTORY_PID) instanceof String factory)) {
      return check.check(wanted.getPid(), properties);
    }
    return service.getFactoryComponentPids().contains(factory)
        ? check.checkNew(factory, wanted.getPid(), properties)
        : List.of(); // a factory without definition, or whose bundle is still to come: as on Kura
  }

  @Override
  public KuraMessage doExec(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    List<String> args = Exchange.args(request);
    String first = args.isEmpty() ? "" : args.get(0);
    if (first.equals("snapshot") && args.size() == 1) {
      service.snapshot();
      return ids();
    }
    if (first.equals("rollback") && args.size() <= 2) {
      Long id = args.size() == 2 ? existing(args.get(1)) : null;
      strand.after(LATER, () -> rollBack(id));
      return Exchange.ok();
    }
    throw unknown(first, args, "snapshot", "rollback");
  }

  private void rollBack(Long id) {
    try {
      link.guarded(
          () -> {
            if (id == null) {
              service.rollback();
            } else {
              service.rollback(id);
            }
          });
    } catch (KuraException e) {
      LOG.error("remote rollback to {} failed: {}", id, e.getMessage());
    }
  }

  private static KuraException unknown(String first, List<String> args, String... known) {
    return List.of(known).contains(first)
        ? Exchange.bad("too many levels: " + String.join("/", args))
        : Exchange.notFound("there is no resource " + String.join("/", args));
  }
}
