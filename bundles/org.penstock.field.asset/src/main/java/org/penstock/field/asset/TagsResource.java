package org.penstock.field.asset;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.rest.Answers;
import org.penstock.api.tags.ImportOptions;
import org.penstock.api.tags.TableFormat;
import org.penstock.api.tags.TagReport;
import org.penstock.api.tags.TagTables;

/** Tables of channels over REST: the answer to an import is a report, 200 or 422 with problems. */
@Component(service = TagsResource.class, property = "penstock.rest=true")
@Path("api/v1/tags")
@RolesAllowed("rest.configuration")
public final class TagsResource {

  private static final int UNPROCESSABLE = 422;

  private final TagTables tables;

  /** Called by the component runtime. */
  @Activate
  public TagsResource(@Reference TagTables tables) {
    this.tables = tables;
  }

  /** A device type and its instances, both as text in CSV. */
  record Template(String channels, String instances) {}

  /** Takes a table in; {@code format} is csv or xlsx. */
  @POST
  @Path("_import")
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  @Answers(TagReport.class)
  public Response importTable(
      @QueryParam("format") @DefaultValue("csv") String format,
      @QueryParam("asset") String asset,
      @QueryParam("replace") boolean replace,
      @QueryParam("emptyIsText") boolean emptyIsText,
      @QueryParam("dryRun") boolean dryRun,
      InputStream table) {
    ImportOptions options =
        new ImportOptions(Optional.ofNullable(asset), replace, emptyIsText, dryRun);
    try {
      return answer(tables.importTable(table, format(format), options));
    } catch (IOException unreadable) {
      throw new BadRequestException(unreadable.getMessage(), unreadable);
    }
  }

  /** Takes a device type with many instances in. */
  @POST
  @Path("_template")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Answers(TagReport.class)
  public Response importTemplate(
      @QueryParam("replace") boolean replace,
      @QueryParam("emptyIsText") boolean emptyIsText,
      @QueryParam("dryRun") boolean dryRun,
      Template template) {
    if (template == null || template.channels() == null || template.instances() == null) {
      throw new BadRequestException("give {\"channels\":\"<csv>\",\"instances\":\"<csv>\"}");
    }
    ImportOptions options = new ImportOptions(Optional.empty(), replace, emptyIsText, dryRun);
    try {
      return answer(
          tables.importTemplate(
              stream(template.channels()), stream(template.instances()), TableFormat.CSV, options));
    } catch (IOException unreadable) {
      throw new BadRequestException(unreadable.getMessage(), unreadable);
    }
  }

  /** Gives a table of the assets out, all of them when none is named. */
  @GET
  @Path("_export")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  public Response exportTable(
      @QueryParam("format") @DefaultValue("csv") String format,
      @QueryParam("asset") List<String> assets) {
    TableFormat wanted = format(format);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      tables.exportTable(assets, wanted, out);
    } catch (IllegalArgumentException | IOException unknown) {
      throw new BadRequestException(unknown.getMessage(), unknown);
    }
    String name = "channels." + wanted.name().toLowerCase(Locale.ROOT);
    return Response.ok(out.toByteArray())
        .header("Content-Disposition", "attachment; filename=\"" + name + '"')
        .build();
  }

  private static Response answer(TagReport report) {
    return Response.status(report.problems().isEmpty() ? 200 : UNPROCESSABLE)
        .entity(report)
        .build();
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static TableFormat format(String name) {
    for (TableFormat format : TableFormat.values()) {
      if (format.name().equalsIgnoreCase(name)) {
        return format;
      }
    }
    throw new BadRequestException("format is '" + name + "', must be csv or xlsx");
  }
}
