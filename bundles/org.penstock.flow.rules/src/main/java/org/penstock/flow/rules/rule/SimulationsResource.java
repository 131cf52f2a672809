package org.penstock.flow.rules.rule;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.job.Job;
import org.penstock.api.job.Jobs;
import org.penstock.api.job.Work;
import org.penstock.api.rest.Answers;

/** Simulations as jobs: {@code api/v1/jobs} has their progress and results, and cancels them. */
@Component(service = SimulationsResource.class, property = "penstock.rest=true")
@Path("api/v1/rules/_simulations")
@RolesAllowed("rest.configuration")
@Produces(MediaType.APPLICATION_JSON)
public final class SimulationsResource {

  /** What such a job is called. */
  static final String KIND = "rules.simulate";

  private static final String GIVE =
      "give {\"events\":[{\"channel\":..,\"time\":..,\"value\":..}]}, or {\"generated\":{\"from\":..,"
          + "\"until\":..,\"signals\":[{\"channel\":..,\"shape\":..,\"high\":..,\"everyMs\":..}]}}, and"
          + " \"rules\":{..}";

  private final RuleEngine engine;
  private final Jobs jobs;

  /** Called by the component runtime. */
  @Activate
  public SimulationsResource(@Reference RuleEngine engine, @Reference Jobs jobs) {
    this.engine = engine;
    this.jobs = jobs;
  }

  /**
   * What is to be simulated: recorded values or made-up ones, and properties of rules by pid; the rules as they
   * are when there are none.
   */
  record Plan(
      List<RulesResource.Recorded> events,
      Signals.Generated generated,
      Map<String, Map<String, Object>> rules) {}

  /** A job that was started. */
  record Started(String id, String kind, String owner, String state) {}

  /** Starts a simulation: what the proposed rules would have done, beside the rules as they are. */
  @POST
  @Answers(Started.class)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response start(@Context SecurityContext security, Plan plan) {
    if (plan == null || (plan.events() == null) == (plan.generated() == null)) {
      throw new BadRequestException(GIVE);
    }
    Map<String, RuleDefinition> proposed = RulesResource.proposed(engine, plan.rules());
    Work work = plan.events() == null ? generated(plan, proposed) : recorded(plan, proposed);
    try {
      Job job = jobs.start(KIND, security.getUserPrincipal().getName(), work);
      return Response.accepted(new Started(job.id(), job.kind(), job.owner(), job.state().name()))
          .header(HttpHeaders.LOCATION, "/api/v1/jobs/" + job.id())
          .build();
    } catch (IllegalStateException many) {
      throw new ClientErrorException(many.getMessage(), Response.Status.CONFLICT, many);
    }
  }

  private Work recorded(Plan plan, Map<String, RuleDefinition> proposed) {
    List<Simulation.Event> events = RulesResource.events(engine, plan.events());
    Iterator<Simulation.Event> all = events.iterator();
    return new SimulationWork(
        RulesResource.current(engine),
        proposed,
        () -> all.hasNext() ? Optional.of(all.next()) : Optional.empty(),
        events.size(),
        0);
  }

  private Work generated(Plan plan, Map<String, RuleDefinition> proposed) {
    Signals signals;
    try {
      signals = new Signals(plan.generated(), engine);
    } catch (IllegalArgumentException wrong) {
      throw new BadRequestException(wrong.getMessage(), wrong);
    }
    return new SimulationWork(
        RulesResource.current(engine), proposed, signals::next, signals.count(), signals.until());
  }
}
