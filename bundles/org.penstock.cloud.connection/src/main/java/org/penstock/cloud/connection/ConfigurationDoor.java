package org.penstock.cloud.connection;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.penstock.api.rest.Dispatcher;
import org.penstock.api.rest.RestAnswer;
import org.penstock.api.security.Caller;

/**
 * Configurations of cloud components, in the form of {@code configuration/v2}, for somebody who may
 * see those and no others. Any thread may call.
 */
final class ConfigurationDoor {

  private static final String BASE =
      "/services/configuration/v2/configurableComponents/configurations/";
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final String PERMISSION = "rest.configuration";

  private final BundleContext context;

  ConfigurationDoor(BundleContext context) {
    this.context = context;
  }

  Response read(byte[] body, Set<String> allowed, Principal caller) {
    check(object(body).get("pids"), allowed);
    return answer(dispatch(caller, "POST", BASE + "byPid", body));
  }

  Response update(byte[] body, Set<String> allowed, Principal caller) {
    JsonArray pids = new JsonArray();
    if (object(body).get("configs") instanceof JsonArray configs) {
      for (JsonElement config : configs) {
        pids.add(config instanceof JsonObject o ? o.get("pid") : config);
      }
    }
    check(pids, allowed);
    return answer(dispatch(caller, "PUT", BASE + "_update", body));
  }

  private static JsonObject object(byte[] body) {
    try {
      if (JsonParser.parseString(new String(body, StandardCharsets.UTF_8))
          instanceof JsonObject o) {
        return o;
      }
    } catch (JsonParseException e) {
      throw new BadRequestException("the body is not JSON: " + e.getMessage(), e);
    }
    throw new BadRequestException("the body must be a JSON object");
  }

  private static void check(JsonElement pids, Set<String> allowed) {
    if (!(pids instanceof JsonArray array) || array.isEmpty()) {
      throw new BadRequestException("pids are missing");
    }
    for (JsonElement pid : array) {
      if (pid == null || !pid.isJsonPrimitive() || !allowed.contains(pid.getAsString())) {
        throw new BadRequestException(pid + " is no component of a cloud connection");
      }
    }
  }

  private RestAnswer dispatch(Principal caller, String method, String path, byte[] body) {
    ServiceReference<Dispatcher> reference = context.getServiceReference(Dispatcher.class);
    Dispatcher dispatcher = reference == null ? null : context.getService(reference);
    if (dispatcher == null) {
      throw new ServiceUnavailableException();
    }
    String name = caller == null ? "cloudconnection" : caller.getName();
    return dispatcher.dispatch(
        new Caller(name, Set.of(PERMISSION)),
        method,
        path,
        Map.of("Content-Type", List.of(MediaType.APPLICATION_JSON)),
        body);
  }

  private static Response answer(RestAnswer answer) {
    boolean silent = answer.status() == OK && answer.body().length == 0;
    Response.ResponseBuilder response = Response.status(silent ? NO_CONTENT : answer.status());
    return answer.body().length == 0
        ? response.build()
        : response.entity(answer.body()).type(MediaType.APPLICATION_JSON).build();
  }
}
