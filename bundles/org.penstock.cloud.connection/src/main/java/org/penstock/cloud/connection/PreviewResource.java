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
import org.osgi.service.component.annotations.Component;
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

  /** All of them. */
  record Preview(List<Message> messages) {}

  /** Makes the messages of one poll. */
  @POST
  public Preview preview(Wish wish) {
    if (wish.topic() == null || wish.topic().isBlank()) {
      throw new BadRequestException("topic is missing");
    }
    PlainForm form = form(wish);
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
    return new Preview(messages);
  }

  private static PlainForm form(Wish wish) {
    try {
      return PlainForm.of(
          wish.form() == null ? "json" : wish.form(),
          wish.template() == null ? "" : wish.template());
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e.getMessage(), e);
    }
  }
}
