package org.penstock.console.rest;

import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.internal.RuntimeDelegateImpl;
import org.penstock.api.rest.RestAnswer;
import org.penstock.api.security.Caller;

/** Jersey over one fixed set of resource objects; another set needs another engine. */
final class JerseyEngine implements AutoCloseable {

  /** Jersey warns of what is as it should be; kept, so that the level stays. */
  private static final List<Logger> CHATTY =
      List.of(
          Logger.getLogger("org.glassfish.jersey.internal.Errors"),
          Logger.getLogger("org.glassfish.jersey.internal.inject.Providers"),
          Logger.getLogger("org.glassfish.jersey.message.internal.MessagingBinders"));

  private static final String ORIGIN = "http://localhost";
  private static final URI BASE = URI.create(ORIGIN + "/services/");

  private final ApplicationHandler handler;

  JerseyEngine(List<Object> resources) {
    CHATTY.forEach(c -> c.setLevel(Level.SEVERE));
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ApplicationHandler.class.getClassLoader());
    try {
      RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
      ResourceConfig application = new ResourceConfig();
      application.property(ServerProperties.WADL_FEATURE_DISABLE, true);
      application.property(ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
      application.property(ServerProperties.METAINF_SERVICES_LOOKUP_DISABLE, true);
      application.property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
      application.registerInstances(
          new JsonBody(), new Errors(), new Authorisation(), new MissingBody());
      application.registerInstances(resources.toArray());
      handler = new ApplicationHandler(application);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  RestAnswer serve(
      Principal principal,
      String method,
      String path,
      Map<String, List<String>> headers,
      byte[] body) {
    ContainerRequest request;
    try {
      URI uri = new URI(ORIGIN + path);
      request =
          new ContainerRequest(
              BASE, uri, method, security(principal), new MapPropertiesDelegate(), null);
    } catch (URISyntaxException e) {
      return text(400, "the path is no URI: " + e.getReason());
    }
    headers.forEach(request::headers);
    request.setEntityStream(new ByteArrayInputStream(body));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Future<ContainerResponse> answer = handler.apply(request, out);
    try {
      ContainerResponse response = answer.get();
      Map<String, List<String>> answered = new TreeMap<>(response.getStringHeaders());
      answered.computeIfPresent("Location", (name, values) -> relative(values));
      return new RestAnswer(response.getStatus(), answered, out.toByteArray());
    } catch (ExecutionException e) {
      return text(500, "internal error: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return text(503, "the gateway is stopping");
    }
  }

  /** No door knows by what name it was called: a reference is relative to that. */
  private static List<String> relative(List<String> values) {
    return values.stream()
        .map(v -> v.startsWith(ORIGIN + "/") ? v.substring(ORIGIN.length()) : v)
        .toList();
  }

  @Override
  public void close() {
    handler.onShutdown(null);
  }

  static RestAnswer text(int status, String message) {
    return new RestAnswer(
        status,
        Map.of("Content-Type", List.of("text/plain;charset=utf-8")),
        message.getBytes(StandardCharsets.UTF_8));
  }

  private static SecurityContext security(Principal principal) {
    return new SecurityContext() {
      @Override
      public Principal getUserPrincipal() {
        return principal;
      }

      @Override
      public boolean isUserInRole(String role) {
        return principal instanceof Caller caller && caller.may(role);
      }

      @Override
      public boolean isSecure() {
        return true;
      }

      @Override
      public String getAuthenticationScheme() {
        return principal == null ? null : SecurityContext.BASIC_AUTH;
      }
    };
  }
}
