package org.penstock.flow.rules.alarm;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Alarms over REST: the list, what operators do, the journal. */
@Component(service = AlarmsResource.class, property = "penstock.rest=true")
@Path("api/v1/alarms")
@Produces(MediaType.APPLICATION_JSON)
public final class AlarmsResource {

  private static final int MOST = 1000;

  private final Alarms alarms;

  /** Called by the component runtime. */
  @Activate
  public AlarmsResource(@Reference Alarms alarms) {
    this.alarms = alarms;
  }

  /** All alarms, and whether there are too many at once. */
  record Overview(boolean flood, List<Shown> alarms) {}

  /** One alarm; absent members are null. */
  record Shown(
      String name,
      String state,
      String priority,
      String message,
      String group,
      String source,
      boolean active,
      boolean acknowledged,
      boolean firstOut,
      String activeAt,
      String changedAt,
      String shelvedUntil,
      String by,
      String comment,
      long raised) {}

  /** What somebody says to it; minutes for shelving. */
  record Operation(String comment, Integer minutes) {}

  /** Alarms that are not normal, or all that ever were. */
  @GET
  @RolesAllowed({"alarms.read", "alarms.operate", "rest.assets"})
  public Overview list(@QueryParam("all") @DefaultValue("false") boolean all) {
    return new Overview(
        alarms.isFlood(),
        alarms.all().values().stream()
            .filter(alarm -> all || alarm.state() != Alarm.State.NORMAL)
            .map(AlarmsResource::shown)
            .toList());
  }

  private static Shown shown(Alarm alarm) {
    return new Shown(
        alarm.name(),
        alarm.state().name(),
        alarm.priority(),
        alarm.message(),
        alarm.group(),
        alarm.source(),
        alarm.active(),
        alarm.acknowledged(),
        alarm.firstOut(),
        time(alarm.activeAt()),
        time(alarm.changedAt()),
        time(alarm.shelvedUntil()),
        alarm.by(),
        alarm.comment(),
        alarm.raised());
  }

  private static String time(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
  }

  /** The journal, newest first, of one alarm or of all. */
  @GET
  @Path("_journal")
  @RolesAllowed({"alarms.read", "alarms.operate", "rest.assets"})
  public List<Map<String, Object>> journal(
      @QueryParam("alarm") String alarm, @QueryParam("count") @DefaultValue("100") int count) {
    if (count < 1 || count > MOST) {
      throw new BadRequestException("count is 1 to " + MOST);
    }
    try {
      return alarms.newest(alarm, count).stream().map(Alarms::shown).toList();
    } catch (IOException unreadable) {
      throw new InternalServerErrorException(
          "the journal cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  /** Acknowledges, shelves, unshelves, takes out of service or puts back, as who is logged in. */
  @POST
  @Path("{name}/{operation}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({"alarms.operate", "rest.assets"})
  public Shown operate(
      @Context SecurityContext security,
      @PathParam("name") String name,
      @PathParam("operation") String operation,
      Operation body) {
    Entry.Kind kind =
        switch (operation.toLowerCase(Locale.ROOT)) {
          case "acknowledge" -> Entry.Kind.ACKNOWLEDGED;
          case "shelve" -> Entry.Kind.SHELVED;
          case "unshelve" -> Entry.Kind.UNSHELVED;
          case "takeout" -> Entry.Kind.TAKEN_OUT;
          case "putback" -> Entry.Kind.PUT_BACK;
          default ->
              throw new BadRequestException(
                  operation + " is none of acknowledge, shelve, unshelve, takeOut, putBack");
        };
    String comment = body == null || body.comment() == null ? "" : body.comment();
    int minutes = body == null || body.minutes() == null ? 0 : body.minutes();
    long until = kind == Entry.Kind.SHELVED ? System.currentTimeMillis() + minutes * 60_000L : 0;
    try {
      return shown(
          alarms.operate(kind, name, security.getUserPrincipal().getName(), comment, until));
    } catch (IllegalArgumentException refused) {
      throw new BadRequestException(refused.getMessage(), refused);
    }
  }
}
