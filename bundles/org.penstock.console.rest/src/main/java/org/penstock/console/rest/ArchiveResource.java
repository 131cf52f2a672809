package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.eclipse.kura.audit.AuditContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.rest.RestResource;
import org.penstock.api.security.Caller;
import org.penstock.api.storage.PortableArchive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole gateway in one file. A blank box is started with it by {@code --restore}; here it takes the
 * place of what there is.
 */
@Component(service = ArchiveResource.class, property = RestResource.PROPERTY)
@Path("api/v1/archive")
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ArchiveResource {

  /** An answer is in memory before it is sent. */
  private static final int MOST = 64 << 20;

  /** What seals the archive. */
  record Wish(String passphrase) {}

  /** An archive that was opened, and how many files it has. */
  record Taken(int files) {}

  private static final String PASSPHRASE = "Archive-Passphrase";
  private static final Logger AUDIT = LoggerFactory.getLogger("AuditLogger");

  private final PortableArchive archive;

  /** Called by the component runtime. */
  @Activate
  public ArchiveResource(@Reference PortableArchive archive) {
    this.archive = archive;
  }

  /** The archive, sealed under the passphrase: whoever has both has all secrets. */
  @POST
  @Produces({MediaType.APPLICATION_OCTET_STREAM, MediaType.APPLICATION_JSON})
  public Response export(Wish wish) throws IOException {
    if (wish.passphrase() == null || wish.passphrase().length() < PortableArchive.LEAST) {
      throw new BadRequestException(
          "give {\"passphrase\":\"..\"} of " + PortableArchive.LEAST + " characters or more");
    }
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void write(byte[] bytes, int from, int count) {
            if (count > MOST - this.count) {
              throw new BadRequestException(
                  "the archive is larger than "
                      + (MOST >> 20)
                      + " MiB: remove packages, or copy the home folder while the gateway stands");
            }
            super.write(bytes, from, count);
          }
        };
    archive.export(out, wish.passphrase().toCharArray());
    return Response.ok(out.toByteArray(), MediaType.APPLICATION_OCTET_STREAM_TYPE)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"gateway.archive\"")
        .build();
  }

  /**
   * Opens an archive and unpacks it; at the next start it takes the place of all configuration, keys,
   * users and packages.
   *
   * @param passphrase percent-encoded UTF-8
   */
  @POST
  @Path("_import")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  public Taken take(@HeaderParam(PASSPHRASE) String passphrase, byte[] archived) {
    if (passphrase == null || archived.length == 0) {
      throw new BadRequestException("give the archive, and the header " + PASSPHRASE);
    }
    try {
      char[] clear = decoded(passphrase).toCharArray();
      int files = archive.take(new ByteArrayInputStream(archived), clear);
      AUDIT.info(
          "{} Archive - {} files are to take the state's place at the next start",
          AuditContext.currentOrInternal(),
          files);
      return new Taken(files);
    } catch (IOException refused) {
      throw new BadRequestException(refused.getMessage(), refused);
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      throw new BadRequestException(PASSPHRASE + " must be percent-encoded", broken);
    }
  }
}
