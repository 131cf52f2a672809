package org.penstock.flow.wires;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.graph.WireGraphConfiguration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.configuration.ConfigurationCheck;
import org.penstock.api.configuration.TimedApply;
import org.penstock.api.rest.RestResource;

/** Graphs by name: state of each component, taps and injections. */
@Component(service = FlowsResource.class, property = RestResource.PROPERTY)
@Path("api/v1/flows")
@RolesAllowed("rest.wires.admin")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class FlowsResource {

  private static final int RECORDS = 1_000;

  private final Flows flows;
  private final ConfigurationService configurations;
  private final TimedApply timed;
  private final FlowCheck check;

  /** Called by the component runtime. */
  @Activate
  public FlowsResource(
      @Reference Flows flows,
      @Reference ConfigurationService configurations,
      @Reference TimedApply timed,
      @Reference ConfigurationCheck check) {
    this.flows = flows;
    this.configurations = configurations;
    this.timed = timed;
    this.check = new FlowCheck(configurations, check);
  }

  /** All graphs. */
  @GET
  @RolesAllowed({"flows.read", "rest.wires.admin"})
  public Object all() {
    return new FlowJson.Summaries(flows.all().stream().map(FlowsResource::summary).toList());
  }

  private static FlowJson.Summary summary(GraphHost host) {
    GraphWires.Status status = host.status();
    return new FlowJson.Summary(
        host.name(),
        status.components(),
        host.plan().edges().size(),
        status.missing(),
        status.waiting().stream().map(Edge::toString).toList());
  }

  /** One graph with the state of its components. */
  @GET
  @RolesAllowed({"flows.read", "rest.wires.admin"})
  @Path("{name}")
  public Object flow(@PathParam("name") String name) {
    GraphHost host = host(name);
    JsonElement graph = JsonParser.parseString(GraphJson.write(host.plan()));
    List<LiveWire> wires = flows.wires(name);
    return new FlowJson.Flow(
        name,
        graph,
        host.plan().pids().stream().map(pid -> FlowView.of(host, pid, wires)).toList());
  }

  /** Makes a graph without components. */
  @POST
  @Path("{name}")
  @Consumes(MediaType.WILDCARD)
  public Response make(@PathParam("name") String name) throws KuraException {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}")) {
      throw new BadRequestException(
          "a graph's name has up to 64 letters, digits, spaces, dots, dashes and underscores");
    }
    if (name.equals(Flows.MAIN)) {
      throw new BadRequestException("the graph main is always there; choose another name");
    }
    configurations.createFactoryConfiguration(
        NamedGraphConfig.FACTORY_PID, name, new HashMap<>(), true);
    return Response.status(Response.Status.CREATED).build();
  }

  /**
   * Puts another graph in the place of the one before, whole or not at all; a component whose
   * configuration is wrong is named, and nothing is changed. With {@code
   * revert.seconds} (1 to 3600) it reverts after that time unless the timed change that then waits is
   * confirmed.
   */
  @PUT
  @Path("{name}")
  public Response put(
      @PathParam("name") String name,
      @QueryParam("revert.seconds") @DefaultValue("0") int seconds,
      ComponentJson.Components wanted)
      throws KuraException {
    GraphHost host = host(name);
    WireGraphConfiguration asked = wanted.asked(graphPid(name));
    check.refuseFaulty(asked);
    if (seconds == 0) {
      host.graph().put(asked);
      return Response.ok().build();
    }
    Set<String> pids = new TreeSet<>(host.plan().pids());
    pids.add(graphPid(name));
    asked.getWireComponentConfigurations().forEach(c -> pids.add(c.getConfiguration().getPid()));
    TimedApply.Pending pending = timed.hold(pids, Duration.ofSeconds(seconds));
    boolean done = false;
    try {
      host.graph().put(asked);
      done = true;
    } finally {
      if (!done) {
        timed.revert(pending.token());
      }
    }
    return Response.ok().build();
  }

  private static String graphPid(String name) {
    return name.equals(Flows.MAIN) ? WireGraphConfig.PID : name;
  }

  /** Deletes a graph with all its components; the main one is emptied. */
  @DELETE
  @Path("{name}")
  public Response delete(@PathParam("name") String name) throws KuraException {
    host(name).graph().delete();
    if (!name.equals(Flows.MAIN)) {
      configurations.deleteFactoryConfiguration(name, true);
    }
    return Response.ok().build();
  }

  /** What a component received and emitted since a number; the first call begins to listen. */
  @GET
  @RolesAllowed({"flows.read", "rest.wires.admin"})
  @Path("{name}/components/{pid}/tap")
  public Object tap(
      @PathParam("name") String name,
      @PathParam("pid") String pid,
      @QueryParam("after") @DefaultValue("0") long after) {
    require(name, pid);
    List<Taps.Heard> heard =
        flows
            .wiring()
            .taps()
            .read(pid, after)
            .orElseThrow(
                () ->
                    new BadRequestException(
                        "there are "
                            + Taps.MOST
                            + " taps already; they end when nobody reads them"));
    return new FlowJson.Tap(
        heard.stream()
            .map(
                one ->
                    new FlowJson.Heard(
                        one.number(),
                        one.at(),
                        one.emitter(),
                        one.emitterPort(),
                        one.receiver(),
                        one.receiverPort(),
                        FlowJson.records(one.envelope().getRecords())))
            .toList());
  }

  /** Ends a tap. */
  @DELETE
  @Path("{name}/components/{pid}/tap")
  public Response untap(@PathParam("name") String name, @PathParam("pid") String pid) {
    require(name, pid);
    flows.wiring().taps().end(pid);
    return Response.ok().build();
  }

  /** Gives a component records as if they had come, or sends them as if it had emitted them. */
  @POST
  @Path("{name}/components/{pid}/inject")
  public Object inject(
      @PathParam("name") String name, @PathParam("pid") String pid, FlowJson.Injection injection) {
    require(name, pid);
    List<WireRecord> records = FlowJson.read(injection.records());
    if (records.size() > RECORDS) {
      throw new BadRequestException("at most " + RECORDS + " records at once");
    }
    String side = injection.side() == null ? "input" : injection.side();
    if (!List.of("input", "output").contains(side)) {
      throw new BadRequestException("side is '" + side + "', must be input or output");
    }
    String servicePid =
        host(name)
            .servicePid(pid)
            .orElseThrow(() -> new NotFoundException("component " + pid + " is not there"));
    int port = injection.port() == null ? 0 : injection.port();
    return new FlowJson.Injected(
        flows
            .wiring()
            .inject(servicePid, side.equals("input"), port, new WireEnvelope(servicePid, records)));
  }

  private void require(String name, String pid) {
    if (!host(name).plan().pids().contains(pid)) {
      throw new NotFoundException("the graph " + name + " has no component " + pid);
    }
  }

  private GraphHost host(String name) {
    return flows
        .find(name)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "there is no graph " + name + ", but " + Map.of("flows", names())));
  }

  private List<String> names() {
    return flows.all().stream().map(GraphHost::name).sorted().toList();
  }
}
