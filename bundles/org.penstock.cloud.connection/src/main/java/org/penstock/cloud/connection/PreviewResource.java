package org.penstock.cloud.connection;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.penstock.api.expression.Expressions;
import org.penstock.cloud.connection.form.Formulas;
import org.penstock.cloud.connection.form.PlainForm;
import org.penstock.cloud.connection.form.Sample;

/** What a plain MQTT publisher would send, before it is saved. */
@Component(service = PreviewResource.class, property = "penstock.rest=true")
@Path("api/v1/cloud/_preview")
@RolesAllowed("rest.cloudconnection")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class PreviewResource {

  /** Topic and form as a publisher has them, and values by channel. */
  record Wish(
      String topic, String form, String template, String asset, Map<String, Object> values) {}

  /** One message. */
  record Message(String topic, String payload) {}

  /**
   * All of them.
   *
   * @param problems why an expression has no value
   */
  record Preview(List<Message> messages, List<String> problems) {}

  private final AtomicReference<Expressions> language = new AtomicReference<>();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setExpressions(Expressions service) {
    language.set(service);
  }

  void unsetExpressions(Expressions service) {
    language.compareAndSet(service, null);
  }

  /** Makes the messages of one poll. */
  @POST
  public Preview preview(Wish wish) {
    if (wish.topic() == null || wish.topic().isBlank()) {
      throw new BadRequestException("topic is missing");
    }
    List<String> problems = new ArrayList<>();
    Formulas formulas = new Formulas(problems::add);
    formulas.use(language.get());
    PlainForm form = form(wish, formulas);
    String asset = wish.asset() == null ? "asset" : wish.asset();
    Map<String, Object> values =
        wish.values() == null || wish.values().isEmpty() ? Map.of("channel", 1.5) : wish.values();
    long now = System.currentTimeMillis();
    TopicTemplate topic = TopicTemplate.of(wish.topic());
    Map<String, List<Sample>> byTopic = new LinkedHashMap<>();
    values.forEach(
        (channel, value) -> {
          Sample sample = new Sample(asset, channel, value, now, "good");
          byTopic
              .computeIfAbsent(
                  topic.fill(sample, Map.of("assetName", asset)), t -> new ArrayList<>())
              .add(sample);
        });
    List<Message> messages = new ArrayList<>();
    byTopic.forEach(
        (to, samples) ->
            messages.add(
                new Message(to, new String(form.encode(samples), StandardCharsets.UTF_8))));
    return new Preview(messages, problems);
  }

  private static PlainForm form(Wish wish, Formulas formulas) {
    try {
      return PlainForm.of(
          wish.form() == null ? "json" : wish.form(),
          wish.template() == null ? "" : wish.template(),
          formulas);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e.getMessage(), e);
    }
  }
}
