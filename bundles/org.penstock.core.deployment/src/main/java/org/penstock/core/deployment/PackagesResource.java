package org.penstock.core.deployment;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.deployment.Deployments;
import org.penstock.api.deployment.Download;
import org.penstock.api.deployment.Installed;
import org.penstock.api.deployment.Job;
import org.penstock.api.deployment.Origin;
import org.penstock.api.deployment.Outcome;
import org.penstock.api.rest.Answers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Packages and bundles that were installed, with jobs whose progress and outcome can be read. */
@Component(service = PackagesResource.class, property = "penstock.rest=true")
@Path("api/v1/packages")
@RolesAllowed("rest.deploy")
@Produces(MediaType.APPLICATION_JSON)
public final class PackagesResource {

  /** A job's state; the outcome once it is ended. */
  record JobState(
      long id,
      String action,
      String subject,
      String state,
      long progress,
      long total,
      Outcome outcome) {}

  /** What to fetch and install. */
  record Source(String url, String hash) {}

  private static final Logger LOG = LoggerFactory.getLogger(PackagesResource.class);
  private static final int JOURNAL_LIMIT = 1000;

  private final Deployments deployments;
  private final PackageBook book;
  private final java.nio.file.Path tmp;

  /** Called by the component runtime. */
  @Activate
  public PackagesResource(
      BundleContext context, @Reference Deployments deployments, @Reference PackageBook book) {
    this.deployments = deployments;
    this.book = book;
    tmp = java.nio.file.Path.of(context.getProperty("penstock.home")).resolve("tmp");
  }

  /** What is installed beyond the distribution. */
  @GET
  public List<Installed> list() {
    return deployments.installed();
  }

  /** One of them. */
  @GET
  @Path("{name}")
  public Installed one(@PathParam("name") String name) {
    return deployments.installed().stream()
        .filter(i -> i.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NotFoundException(name + " is not installed"));
  }

  /** The journal, newest first. */
  @GET
  @Path("_journal")
  public List<Outcome> journal(@QueryParam("limit") @DefaultValue("100") int limit) {
    return deployments.journal(Math.max(0, Math.min(limit, JOURNAL_LIMIT)));
  }

  /** Installs or updates from the file in the body, as such or as a form. */
  @POST
  @Consumes({MediaType.APPLICATION_OCTET_STREAM, MediaType.MULTIPART_FORM_DATA})
  @Answers(JobState.class)
  public Response upload(
      @HeaderParam("Content-Type") String type,
      @QueryParam("file") @DefaultValue("upload") String file,
      byte[] body,
      @Context SecurityContext caller) {
    Optional<Multipart> part = Multipart.file(String.valueOf(type), body);
    String name = part.map(Multipart::name).orElse(file);
    byte[] content = part.map(Multipart::content).orElse(body);
    if (content.length == 0) {
      throw new BadRequestException("the body is empty; expected is a .jar or a .dp");
    }
    return accepted(deployments.install(name, content, origin(caller, "rest")));
  }

  /** Fetches and installs; the job of the download is answered, its outcome is the installation's. */
  @POST
  @Path("_fetch")
  @Consumes(MediaType.APPLICATION_JSON)
  @Answers(JobState.class)
  public Response fetch(Source source, @Context SecurityContext caller) {
    URI uri;
    try {
      uri = URI.create(source.url());
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new BadRequestException("url is missing or no URL", e);
    }
    java.nio.file.Path target = tmp.resolve("fetch-" + Integer.toHexString(uri.hashCode()) + ".dp");
    Download plain = Download.of(uri, target);
    Download what =
        new Download(
            uri,
            target,
            Optional.ofNullable(source.hash()),
            Optional.empty(),
            new char[0],
            true,
            plain.timeout(),
            plain.blockBytes(),
            plain.blockDelay());
    Origin origin = origin(caller, "url");
    Job job = deployments.download(what, origin, j -> {});
    job.outcome()
        .thenAccept(
            o -> {
              if (o.result() == Outcome.Result.DONE) {
                install(target, origin);
              }
            });
    return accepted(job);
  }

  /** The installation has a copy of its own from here on. */
  private void install(java.nio.file.Path fetched, Origin origin) {
    try {
      try (InputStream in = Files.newInputStream(fetched)) {
        book.install(fetched.getFileName().toString(), in, origin);
      } finally {
        Files.deleteIfExists(fetched);
      }
    } catch (IOException e) {
      LOG.error("{} was fetched, but can't be read or deleted: {}", fetched, e.getMessage());
    }
  }

  /** Uninstalls; the configuration stays for the configured time. */
  @DELETE
  @Path("{name}")
  @Answers(JobState.class)
  public Response uninstall(@PathParam("name") String name, @Context SecurityContext caller) {
    one(name);
    return accepted(deployments.uninstall(name, origin(caller, "rest")));
  }

  /** A job. */
  @GET
  @Path("_jobs/{id}")
  public JobState job(@PathParam("id") long id) {
    return deployments
        .job(id)
        .map(PackagesResource::state)
        .orElseThrow(() -> new NotFoundException("no job " + id + " among the last ones"));
  }

  private static Response accepted(Job job) {
    return Response.accepted(state(job)).build();
  }

  private static JobState state(Job job) {
    CompletableFuture<Outcome> outcome = job.outcome().toCompletableFuture();
    boolean done = outcome.isDone() && !outcome.isCompletedExceptionally();
    return new JobState(
        job.id(),
        job.action(),
        job.subject(),
        outcome.isDone() ? "ENDED" : "RUNNING",
        job.progress(),
        job.total(),
        done ? outcome.join() : null);
  }

  private static Origin origin(SecurityContext caller, String from) {
    return new Origin(
        caller.getUserPrincipal() == null ? "" : caller.getUserPrincipal().getName(), from);
  }
}
