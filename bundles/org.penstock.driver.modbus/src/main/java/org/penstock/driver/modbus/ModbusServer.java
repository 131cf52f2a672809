package org.penstock.driver.modbus;

import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.driver.DriverException;
import org.penstock.api.health.HealthSource;
import org.penstock.api.write.ChannelWriter;
import org.penstock.driver.modbus.server.AssetPlant;
import org.penstock.driver.modbus.server.ServerParts;

/**
 * Shows the channels of an asset as registers of a Modbus unit, over Modbus TCP or a serial line. Only
 * listed clients may connect; only lines marked rw may be written, and every write goes through the
 * write authority as SCADA. A changed configuration makes a new object.
 */
@Component(
    name = ModbusServerConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = ConfigurableComponent.class)
@Designate(ocd = ModbusServerConfig.class, factory = true)
public final class ModbusServer implements ConfigurableComponent {

  private final AssetPlant plant;
  private final ServerParts parts;
  private final Runnable hideHealth;

  /** Made by the framework, once for each instance and configuration. */
  @Activate
  public ModbusServer(
      BundleContext context,
      @Reference ModbusLinks links,
      @Reference ChannelWriter writer,
      ModbusServerConfig config,
      Map<String, Object> properties)
      throws DriverException, IOException {
    this(
        String.valueOf(properties.get("kura.service.pid")),
        links,
        AssetPlant.of(
            context,
            config.asset_pid(),
            writer,
            String.valueOf(properties.get("kura.service.pid"))),
        config,
        health -> context.registerService(HealthSource.class, health, null)::unregister);
  }

  /** For tests: without a framework. */
  ModbusServer(
      String pid,
      ModbusLinks links,
      AssetPlant plant,
      ModbusServerConfig config,
      Function<HealthSource, Runnable> shown)
      throws DriverException, IOException {
    this.plant = plant;
    boolean open = false;
    try {
      this.parts = open(links, plant, config);
      open = true;
    } finally {
      if (!open) {
        plant.close();
      }
    }
    this.hideHealth = shown.apply(parts.health("driver/modbus/" + pid));
  }

  private static ServerParts open(ModbusLinks links, AssetPlant plant, ModbusServerConfig config)
      throws DriverException, IOException {
    return ServerParts.open(
        links.loop(),
        plant,
        new ServerParts.Settings(
            config.register_map(),
            config.address_notation(),
            config.unit_id(),
            config.bad_values() == ModbusServerConfig.BadValue.LAST_GOOD,
            config.server_type() == ModbusServerConfig.ServerType.RTU
                ? LinkAddress.serial(config)
                : null,
            config.listen_address(),
            config.port(),
            config.allowed_clients(),
            config.max_clients()));
  }

  /** Where it listens; 0 on a serial line. */
  int port() {
    return parts.port();
  }

  /** Stops within 2 s: clients are cut off. */
  @Deactivate
  void stop() {
    hideHealth.run();
    parts.close();
    plant.close();
  }
}
