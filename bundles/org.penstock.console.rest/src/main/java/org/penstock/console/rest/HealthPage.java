package org.penstock.console.rest;

import com.google.gson.Gson;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.penstock.api.health.Health;
import org.penstock.api.health.HealthState;

/**
 * {@code GET /health}, without login: 200 when the gateway is ready and nothing has failed, else 503;
 * the states of all sources as JSON either way.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/health")
public final class HealthPage extends HttpServlet {

  /** One thing. */
  record State(HealthState.Level level, String reason, String since, Map<String, Object> figures) {}

  /** All things. */
  record Page(HealthState.Level level, boolean ready, Map<String, State> states) {}

  private static final long serialVersionUID = 1L;

  private final transient Health health;
  private final transient Gson gson = new Gson();

  /** Called by the component runtime. */
  @Activate
  public HealthPage(@Reference Health health) {
    this.health = health;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Page page = page(health);
    boolean well = page.ready() && page.level() != HealthState.Level.FAILED;
    byte[] body = gson.toJson(page).getBytes(StandardCharsets.UTF_8);
    response.setStatus(
        well ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("application/json;charset=utf-8");
    SecurityHeaders.set(response);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  static Page page(Health health) {
    Map<String, State> states = new LinkedHashMap<>();
    health
        .states()
        .forEach(
            (name, s) ->
                states.put(
                    name, new State(s.level(), s.reason(), s.since().toString(), s.figures())));
    return new Page(health.level(), health.ready(), states);
  }
}
