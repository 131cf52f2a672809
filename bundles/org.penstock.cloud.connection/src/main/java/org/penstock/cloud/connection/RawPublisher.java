package org.penstock.cloud.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.message.KuraPayload;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.expression.Expressions;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.penstock.cloud.connection.form.ChangeFilter;
import org.penstock.cloud.connection.form.Formulas;
import org.penstock.cloud.connection.form.PlainForm;
import org.penstock.cloud.connection.form.Sample;

/**
 * Kura's raw MQTT publisher, which can also make the payload. Without batch and rate a message is
 * stored when publish() returns; with them values wait in memory until their message is made. Any
 * thread may call.
 */
@Component(
    name = RawPublisher.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {CloudPublisher.class, ConfigurableComponent.class, HealthSource.class},
    property = {
      "cloud.connection.factory.pid=" + RawEndpoint.PID,
      "kura.ui.service.hide=true",
      "kura.ui.factory.hide=true"
    })
@Designate(ocd = RawPublisherConfig.class, factory = true)
public final class RawPublisher implements CloudPublisher, ConfigurableComponent, HealthSource {

  /** Kura's factory pid. */
  static final String PID = "org.eclipse.kura.cloudconnection.raw.mqtt.publisher.RawMqttPublisher";

  private final RawPublisherConfig config;
  private final Delivery.Storing storing;
  private final boolean auto;
  private final Formulas formulas;
  private final PlainForm form;
  private final ChangeFilter changes;
  private final Batch.Rules rules;
  private final Batch batch;
  private final Strand strand;
  private final Condition condition;
  private final List<CloudDeliveryListener> listeners = new CopyOnWriteArrayList<>();
  private final CloudDeliveryListener confirmed =
      id -> listeners.forEach(l -> l.onMessageConfirmed(id));
  private final EndpointTracker endpoint;
  private final AtomicReference<Map<String, Object>> lastProperties =
      new AtomicReference<>(Map.of());

  /** Called by the component runtime. */
  @Activate
  public RawPublisher(
      BundleContext context,
      RawPublisherConfig config,
      Map<String, Object> properties,
      @Reference Strands strands) {
    String pid = String.valueOf(properties.get("kura.service.pid"));
    this.config = config;
    this.condition = new Condition("cloud/publisher/" + pid);
    this.storing = new Delivery.Storing(pid, config.durability(), config.newest_first());
    this.auto = "auto".equals(config.payload_form());
    this.formulas = new Formulas(condition::degraded);
    this.form = form(config);
    this.changes =
        new ChangeFilter(
            config.change_deadband(), Duration.ofSeconds(config.change_silence_s()).toMillis());
    this.rules =
        new Batch.Rules(
            config.batch_count(),
            Duration.ofMillis(config.batch_time_ms()),
            Duration.ofMillis(config.rate_pause_ms()));
    this.strand = strands.open("cloud/publisher/" + pid);
    this.batch = new Batch(rules, strand, this::sendLater);
    this.endpoint =
        new EndpointTracker(
            context,
            String.valueOf(properties.get(EndpointTracker.ENDPOINT)),
            came -> came.registerCloudDeliveryListener(confirmed),
            gone -> gone.unregisterCloudDeliveryListener(confirmed));
  }

  private PlainForm form(RawPublisherConfig options) {
    try {
      return PlainForm.of(
          auto ? "json" : options.payload_form(), options.payload_template(), formulas);
    } catch (IllegalArgumentException e) {
      condition.failed(e.getMessage() + "; the usual JSON is used");
      return PlainForm.of("json", "", formulas);
    }
  }

  /** Called by the component runtime when the expression language comes. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void setExpressions(Expressions language) {
    formulas.use(language);
  }

  /** Called by the component runtime when the expression language goes. */
  public void unsetExpressions(Expressions language) {
    formulas.leave(language);
  }

  /** Called by the component runtime: what waits is stored first. */
  @Deactivate
  public void stop() {
    if (!rules.isOff()) {
      Arrivals.await(strand, batch::flush);
    }
    strand.close();
    endpoint.close();
  }

  @Override
  public String publish(KuraMessage message) throws KuraException {
    if (message == null || message.getPayload() == null) {
      throw new IllegalArgumentException("there is no message to publish");
    }
    if (auto && message.getPayload().getBody() != null) {
      return send(
          TopicTemplate.of(config.topic()).fill(message.getProperties()), message.getPayload());
    }
    List<Sample> samples = Sample.of(message.getPayload());
    if (config.change_only()) {
      synchronized (changes) {
        samples = changes.pass(samples);
      }
    }
    if (samples.isEmpty()) {
      return null;
    }
    lastProperties.set(Map.copyOf(message.getProperties()));
    try {
      return store(samples);
    } catch (KuraException e) {
      forget(samples);
      throw e;
    }
  }

  private String store(List<Sample> samples) throws KuraException {
    if (rules.isOff()) {
      return send(samples);
    }
    endpoint.need();
    strand.execute(() -> batch.add(samples));
    return null;
  }

  /** A value that is not stored was not told: its repetition is news. */
  private void forget(List<Sample> samples) {
    synchronized (changes) {
      changes.forget(samples);
    }
  }

  /** One message for each topic, or several when they would be too large; the last one's id. */
  private String send(List<Sample> samples) throws KuraException {
    TopicTemplate template = TopicTemplate.of(config.topic());
    Map<String, List<Sample>> byTopic = new LinkedHashMap<>();
    for (Sample sample : samples) {
      String topic = template.fill(sample, lastProperties.get());
      byTopic.computeIfAbsent(topic, t -> new ArrayList<>()).add(sample);
    }
    String id = null;
    for (Map.Entry<String, List<Sample>> each : byTopic.entrySet()) {
      for (List<Sample> part : form.parts(each.getValue(), config.batch_bytes())) {
        KuraPayload payload = new KuraPayload();
        payload.setBody(form.encode(part));
        id = send(each.getKey(), payload);
      }
    }
    if (!formulas.failing()) {
      condition.isWell();
    }
    return id;
  }

  private String send(String topic, KuraPayload payload) throws KuraException {
    Delivery delivery =
        new Delivery("", topic, config.qos(), config.retain(), config.priority(), false, storing);
    return endpoint.need().publish(new KuraMessage(payload, delivery.properties()));
  }

  private void sendLater(List<Sample> samples) {
    try {
      send(samples);
    } catch (KuraException e) {
      forget(samples);
      condition.lost(samples.size(), e.getMessage());
    }
  }

  @Override
  public void registerCloudConnectionListener(CloudConnectionListener listener) {
    endpoint.listeners().add(listener);
  }

  @Override
  public void unregisterCloudConnectionListener(CloudConnectionListener listener) {
    endpoint.listeners().remove(listener);
  }

  @Override
  public void registerCloudDeliveryListener(CloudDeliveryListener listener) {
    listeners.add(listener);
  }

  @Override
  public void unregisterCloudDeliveryListener(CloudDeliveryListener listener) {
    listeners.remove(listener);
  }

  @Override
  public String name() {
    return condition.name();
  }

  @Override
  public HealthState health() {
    return condition.state();
  }
}
