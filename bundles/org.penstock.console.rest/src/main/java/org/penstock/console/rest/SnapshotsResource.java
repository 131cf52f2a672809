package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.configuration.Difference;
import org.penstock.api.configuration.SnapshotArchive;
import org.penstock.api.configuration.SnapshotInfo;
import org.penstock.api.rest.Answers;
import org.penstock.api.rest.RestResource;

/** What {@code configuration/v2} lacks on snapshots: names, comparison, going back in part. */
@Component(service = SnapshotsResource.class, property = RestResource.PROPERTY)
@Path("api/v1/snapshots")
@RolesAllowed(Permissions.CONFIGURATION)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SnapshotsResource {

  private static final String NOW = "now";

  /** One snapshot. */
  record Entry(long id, String taken, String author, String name, String comment) {}

  /** Snapshots, oldest first. */
  record Entries(List<Entry> snapshots) {}

  /** What somebody says about a snapshot. */
  record Words(String name, String comment) {}

  /** The components to take back. */
  record Pids(Set<String> pids) {}

  /** One key that differs; secrets are masked. */
  record Change(String pid, String key, String before, String after, String kind) {}

  /** What differs, by pid and key. */
  record Changes(List<Change> differences) {}

  private final SnapshotArchive archive;

  /** Called by the component runtime. */
  @Activate
  public SnapshotsResource(@Reference SnapshotArchive archive) {
    this.archive = archive;
  }

  private static Entry entry(SnapshotInfo info) {
    return new Entry(
        info.id(), info.taken().toString(), info.author(), info.name(), info.comment());
  }

  /** All snapshots with what is known about them. */
  @GET
  public Entries list() throws KuraException {
    return new Entries(archive.list().stream().map(SnapshotsResource::entry).toList());
  }

  /** Takes a snapshot under a name. */
  @POST
  @Answers(Entry.class)
  public Response take(Words words) throws KuraException {
    Words given = given(words);
    return Response.status(Response.Status.CREATED)
        .entity(entry(archive.take(given.name(), given.comment())))
        .build();
  }

  /** Gives a snapshot another name and comment. */
  @PATCH
  @Path("{id}")
  public Entry describe(@PathParam("id") long id, Words words) throws KuraException {
    Words given = given(words);
    return entry(archive.describe(id, given.name(), given.comment()));
  }

  /** What differs between two snapshots; {@code now} stands for what is configured now. */
  @GET
  @Path("diff")
  public Changes diff(
      @QueryParam("from") String from, @QueryParam("to") @DefaultValue(NOW) String to)
      throws KuraException {
    List<Change> changes = new ArrayList<>();
    for (Difference one : archive.diff(id("from", from), id("to", to))) {
      changes.add(new Change(one.pid(), one.key(), one.before(), one.after(), one.kind().name()));
    }
    return new Changes(changes);
  }

  /** Takes some components back to a snapshot and leaves all others alone. */
  @POST
  @Path("{id}/_restore")
  public Entry restore(@PathParam("id") long id, Pids wanted) throws KuraException {
    if (wanted.pids() == null || wanted.pids().isEmpty() || wanted.pids().contains(null)) {
      throw new BadRequestException("give {\"pids\":[\"..\"]}");
    }
    return entry(archive.restore(id, wanted.pids()));
  }

  private static Words given(Words words) {
    if (words.name() == null && words.comment() == null) {
      throw new BadRequestException("give {\"name\":\"..\",\"comment\":\"..\"}");
    }
    return new Words(
        Objects.requireNonNullElse(words.name(), ""),
        Objects.requireNonNullElse(words.comment(), ""));
  }

  private static long id(String parameter, String text) {
    if (NOW.equals(text)) {
      return SnapshotArchive.NOW;
    }
    if (text == null || !text.matches("[0-9]{1,18}")) {
      throw new BadRequestException(parameter + ": a snapshot's id or now, given: " + text);
    }
    return Long.parseLong(text);
  }
}
