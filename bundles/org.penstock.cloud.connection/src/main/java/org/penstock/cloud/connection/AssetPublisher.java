package org.penstock.cloud.connection;

import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.asset.AssetService;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.message.KuraPayload;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** Publishes an asset's values every so often, in the form that Kura's wires have. */
@Component(
    name = AssetPublisher.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {ConfigurableComponent.class, HealthSource.class})
@Designate(ocd = AssetPublisherConfig.class, factory = true)
public final class AssetPublisher implements ConfigurableComponent, HealthSource {

  /** Factory pid. */
  static final String PID = "org.penstock.cloud.asset";

  private final AssetPublisherConfig config;
  private final AssetService assets;
  private final Strand strand;
  private final Condition condition;
  private final AtomicReference<CloudPublisher> publisher = new AtomicReference<>();

  /** Called by the component runtime. */
  @Activate
  public AssetPublisher(
      AssetPublisherConfig config,
      Map<String, Object> properties,
      @Reference AssetService assets,
      @Reference Strands strands) {
    this.config = config;
    this.assets = assets;
    this.condition = new Condition("cloud/asset/" + properties.get("kura.service.pid"));
    this.strand = strands.open(condition.name());
    if (config.asset_pid().isBlank()) {
      condition.failed("asset.pid is empty; give the pid of an asset");
    } else {
      Duration interval = Duration.ofMillis(Math.max(50, config.interval_ms()));
      strand.every(interval, interval, this::publish);
    }
  }

  @Reference(
      name = "CloudPublisher",
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      cardinality = ReferenceCardinality.OPTIONAL)
  void setCloudPublisher(CloudPublisher service) {
    publisher.set(service);
  }

  void unsetCloudPublisher(CloudPublisher service) {
    publisher.compareAndSet(service, null);
  }

  private void publish() {
    Asset asset = assets.getAsset(config.asset_pid());
    CloudPublisher target = publisher.get();
    if (asset == null) {
      condition.degraded("there is no asset " + config.asset_pid() + "; check asset.pid");
      return;
    }
    if (target == null) {
      condition.degraded(
          "no cloud publisher " + config.CloudPublisher_target() + "; check CloudPublisher.target");
      return;
    }
    try {
      KuraPayload payload = payload(asset.readAllChannels());
      target.publish(new KuraMessage(payload, Map.of("assetName", config.asset_pid())));
      condition.isWell();
    } catch (KuraException | IllegalArgumentException e) {
      condition.degraded(String.valueOf(e.getMessage()));
    }
  }

  private KuraPayload payload(List<ChannelRecord> records) {
    KuraPayload payload = new KuraPayload();
    payload.setTimestamp(new Date());
    payload.addMetric("assetName", config.asset_pid());
    for (ChannelRecord record : records) {
      String name = record.getChannelName();
      boolean good = record.getChannelStatus().getChannelFlag() == ChannelFlag.SUCCESS;
      if (good) {
        payload.addMetric(name, record.getValue().getValue());
      } else {
        payload.addMetric(
            name + "_error", String.valueOf(record.getChannelStatus().getExceptionMessage()));
      }
      payload.addMetric(name + "_timestamp", record.getTimestamp());
    }
    return payload;
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    strand.close();
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
