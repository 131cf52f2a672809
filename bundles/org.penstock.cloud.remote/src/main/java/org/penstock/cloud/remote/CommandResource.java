package org.penstock.cloud.remote;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Kura's {@code command/v1}: the same service as CMD-V1's. */
@Component(service = CommandResource.class, property = "penstock.rest=true")
@Path("command/v1")
@RolesAllowed("rest.command")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class CommandResource {

  /** What to run; {@code zipBytes} in Base64. */
  record Command(
      String command,
      String password,
      String zipBytes,
      List<String> arguments,
      Map<String, String> environmentPairs,
      String workingDirectory) {}

  /** How it ended. */
  record Ended(String stdout, String stderr, int exitCode, boolean isTimeOut) {}

  private final CommandService commands;

  /** Called by the component runtime. */
  @Activate
  public CommandResource(@Reference CommandService commands) {
    this.commands = commands;
  }

  /** Runs a program to its end. */
  @POST
  @Path("command")
  public Ended run(Command command) throws KuraException {
    try {
      CommandRunner.Result result = commands.runner().run(request(command));
      return new Ended(result.stdout(), result.stderr(), result.exitCode(), result.timedOut());
    } catch (KuraException e) {
      throw refused(e);
    }
  }

  /** Starts a program. */
  @POST
  @Path("command/async")
  public Response start(Command command) throws KuraException {
    try {
      commands.runner().start(request(command));
      return Response.accepted().build();
    } catch (KuraException e) {
      throw refused(e);
    }
  }

  private static CommandRunner.Request request(Command given) {
    if (given.command() == null || given.command().isBlank()) {
      throw new BadRequestException(
          "give {\"command\":\"/usr/bin/uptime\",\"arguments\":[\"--pretty\"]}");
    }
    byte[] zip;
    try {
      zip = Base64.getDecoder().decode(text(given.zipBytes()));
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("zipBytes: no Base64: " + e.getMessage(), e);
    }
    List<String> arguments = given.arguments() == null ? List.of() : given.arguments();
    Map<String, String> pairs =
        given.environmentPairs() == null ? Map.of() : given.environmentPairs();
    if (arguments.stream().anyMatch(Objects::isNull)
        || pairs.values().stream().anyMatch(Objects::isNull)) {
      throw new BadRequestException("null is neither an argument nor a value of the environment");
    }
    return new CommandRunner.Request(
        given.command(),
        text(given.password()),
        arguments,
        pairs,
        text(given.workingDirectory()),
        zip,
        Integer.MAX_VALUE);
  }

  private static String text(String given) {
    return given == null ? "" : given;
  }

  /** What is switched off or busy is no error inside. */
  private static KuraException refused(KuraException e) {
    if (e.getCode() == KuraErrorCode.SERVICE_UNAVAILABLE) {
      throw new ServiceUnavailableException(e.getMessage(), 1L, e);
    }
    return e.getCode() == KuraErrorCode.PROCESS_EXECUTION_ERROR ? Exchange.bad(e.getMessage()) : e;
  }
}
