package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.eclipse.kura.KuraException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.rest.RestResource;
import org.penstock.api.security.Caller;
import org.penstock.api.security.KeyImport;
import org.penstock.api.security.KeyRotation;

/** What {@code keystores/v2} lacks: keys from files as people have them, and a new device key. */
@Component(service = KeysResource.class, property = RestResource.PROPERTY)
@Path("api/v1/keys")
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class KeysResource {

  /** A PEM or PKCS12 file in Base64, with its password when it has one. */
  record KeyFile(String alias, String file, String password) {}

  /** The aliases that were set. */
  record Aliases(List<String> aliases) {}

  /** That it is meant. */
  record Wish(Boolean confirm) {}

  private final KeyImport files;
  private final KeyRotation rotation;

  /** Called by the component runtime. */
  @Activate
  public KeysResource(@Reference KeyImport files, @Reference KeyRotation rotation) {
    this.files = files;
    this.rotation = rotation;
  }

  /** Puts a key with its certificates, or certificates to trust, into a key store. */
  @POST
  @Path("{keystore}/_import")
  @RolesAllowed("rest.keystores")
  public Aliases importFile(@PathParam("keystore") String keystore, KeyFile given)
      throws KuraException {
    if (given.alias() == null || given.alias().isBlank() || given.file() == null) {
      throw new BadRequestException(
          "give {\"alias\":\"..\",\"file\":\"<Base64 of a PEM or PKCS12 file>\",\"password\":\"..\"}");
    }
    byte[] file;
    try {
      file = Base64.getDecoder().decode(given.file());
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("file: not Base64: " + e.getMessage(), e);
    }
    char[] password = Objects.requireNonNullElse(given.password(), "").toCharArray();
    return new Aliases(files.importFile(keystore, given.alias(), file, password));
  }

  /** Gives the gateway a new device key; all secrets are encrypted anew. Takes some seconds. */
  @POST
  @Path("_rotate")
  public Response rotate(Wish wish) throws KuraException {
    if (!Boolean.TRUE.equals(wish.confirm())) {
      throw new BadRequestException("give {\"confirm\":true}");
    }
    rotation.rotate();
    return Response.noContent().build();
  }
}
