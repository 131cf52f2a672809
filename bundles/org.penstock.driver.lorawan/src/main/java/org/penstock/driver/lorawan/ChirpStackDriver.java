package org.penstock.driver.lorawan;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.driver.Driver;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.health.HealthSource;
import org.penstock.api.mqtt.MqttLinks;
import org.penstock.driver.lorawan.codec.ChirpStackDialect;
import org.penstock.driver.lorawan.region.RegionFile;

/** Devices of ChirpStack 4, over its broker. */
@Component(
    name = ChirpStackDriverConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {Driver.class, ConfigurableComponent.class},
    property = {"kura.ui.service.hide=true", "kura.ui.factory.hide=true"})
@Designate(ocd = ChirpStackDriverConfig.class, factory = true)
public final class ChirpStackDriver extends RemoteDriver implements ConfigurableComponent {

  /** Made by the framework, once for each instance and configuration. */
  @Activate
  public ChirpStackDriver(
      BundleContext context,
      ChirpStackDriverConfig config,
      Map<String, Object> properties,
      @Reference(
              name = "MqttLinks",
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          MqttLinks links,
      @Reference(
              name = "CryptoService",
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          CryptoService crypto)
      throws KuraException, IOException {
    this(
        String.valueOf(properties.get("kura.service.pid")),
        config,
        LorawanDriver.clear(config.password(), crypto).toCharArray(),
        LorawanDriver.home(context).resolve("regions"),
        links,
        health -> context.registerService(HealthSource.class, health, null)::unregister);
  }

  /**
   * For tests: without a framework.
   *
   * @param password in clear; empty for none
   * @param links null where nobody offers any, as on Kura
   */
  ChirpStackDriver(
      String pid,
      ChirpStackDriverConfig config,
      char[] password,
      Path regions,
      MqttLinks links,
      Function<HealthSource, Runnable> shown)
      throws IOException {
    super(
        new RemoteNetwork(
            new ChirpStackDialect(config.application().strip()),
            RegionFile.load(config.region().strip(), regions)),
        config.application().strip(),
        new Broker(
            "driver/chirpstack/" + pid,
            config.broker_url(),
            config.client_id(),
            config.username(),
            password,
            config.keep_alive_s()),
        links,
        Duration.ofMinutes(config.downlink_expiry_min()),
        shown);
  }

  @Deactivate
  @Override
  void stop() {
    super.stop();
  }
}
