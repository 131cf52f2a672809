package org.penstock.console.rest;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.penstock.api.job.Job;
import org.penstock.api.job.JobKind;
import org.penstock.api.job.Jobs;
import org.penstock.api.job.Work;
import org.penstock.api.rest.Answers;
import org.penstock.api.rest.RestResource;
import org.penstock.api.security.Caller;

/** Long work: what can be started, what runs, how it ended. */
@Component(service = JobsResource.class, property = RestResource.PROPERTY)
@Path("api/v1/jobs")
@RolesAllowed(Permissions.JOBS)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class JobsResource {

  /** One job. */
  record Entry(
      String id,
      String kind,
      String owner,
      String state,
      int percent,
      String step,
      String began,
      String ended,
      JsonElement result) {}

  /** All jobs. */
  record Entries(List<Entry> jobs) {}

  /** What can be started. */
  record Kind(String name, String description, String permission) {}

  /** All kinds. */
  record Kinds(List<Kind> kinds) {}

  /** What to start. */
  record Wish(String kind, Map<String, String> arguments) {}

  private final Jobs jobs;

  @Reference(
      policy = ReferencePolicy.DYNAMIC,
      cardinality = ReferenceCardinality.MULTIPLE,
      fieldOption = FieldOption.UPDATE)
  private final List<JobKind> kinds = new CopyOnWriteArrayList<>();

  /** Called by the component runtime. */
  @Activate
  public JobsResource(@Reference Jobs jobs) {
    this.jobs = jobs;
  }

  static Entry entry(Job job) {
    return new Entry(
        job.id(),
        job.kind(),
        job.owner(),
        job.state().name(),
        job.percent(),
        job.step(),
        job.began().toString(),
        job.ended().map(Instant::toString).orElse(null),
        job.result().isEmpty() ? null : JsonParser.parseString(job.result()));
  }

  /** Jobs that run, and the last 100 that ended, newest first. */
  @GET
  public Entries list() {
    return new Entries(jobs.jobs().stream().map(JobsResource::entry).toList());
  }

  /** What can be started. */
  @GET
  @Path("kinds")
  public Kinds kinds() {
    return new Kinds(
        kinds.stream()
            .map(k -> new Kind(k.name(), k.description(), k.permission()))
            .sorted(Comparator.comparing(Kind::name))
            .toList());
  }

  /** Starts a job; needs the permission of its kind. */
  @POST
  @Answers(Entry.class)
  public Response start(@Context SecurityContext security, Wish wish) {
    if (wish.kind() == null) {
      throw new BadRequestException("give {\"kind\":\"..\",\"arguments\":{..}}");
    }
    JobKind kind =
        kinds.stream()
            .filter(k -> k.name().equals(wish.kind()))
            .findFirst()
            .orElseThrow(() -> new NotFoundException("there is no kind of job " + wish.kind()));
    Caller caller = (Caller) security.getUserPrincipal();
    if (!caller.may(kind.permission())) {
      throw new ForbiddenException(caller.getName() + " lacks the permission " + kind.permission());
    }
    try {
      Work work = kind.work(wish.arguments() == null ? Map.of() : wish.arguments());
      Job job = jobs.start(kind.name(), caller.getName(), work);
      return Response.accepted(entry(job))
          .header(HttpHeaders.LOCATION, "/api/v1/jobs/" + job.id())
          .build();
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(kind.name() + ": " + e.getMessage(), e);
    } catch (IllegalStateException e) {
      throw new ClientErrorException(e.getMessage(), Response.Status.CONFLICT, e);
    }
  }

  /** One job. */
  @GET
  @Path("{id}")
  public Entry get(@PathParam("id") String id) {
    return jobs.job(id)
        .map(JobsResource::entry)
        .orElseThrow(() -> new NotFoundException("there is no job " + id));
  }

  /** Asks a job to end; its owner may, and who may all. */
  @DELETE
  @Path("{id}")
  @Answers(Entry.class)
  public Response cancel(@Context SecurityContext security, @PathParam("id") String id) {
    Job job = jobs.job(id).orElseThrow(() -> new NotFoundException("there is no job " + id));
    Caller caller = (Caller) security.getUserPrincipal();
    if (!job.owner().equals(caller.getName()) && !caller.may(Caller.ADMIN)) {
      throw new ForbiddenException("the job is " + job.owner() + "'s");
    }
    jobs.cancel(id);
    return Response.accepted(entry(jobs.job(id).orElse(job))).build();
  }
}
