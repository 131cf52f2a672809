package org.penstock.core.system.device;

import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** The gateway's name as it is configured; {@link KuraSystem} tells it. */
@Component(
    name = GatewayProfile.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {GatewayProfile.class, ConfigurableComponent.class},
    property = "service.pid=" + GatewayProfile.PID)
@Designate(ocd = GatewayConfig.class)
public final class GatewayProfile implements ConfigurableComponent {

  /** Its pid. */
  public static final String PID = "org.penstock.core.gateway";

  private final String name;

  /** Called by the component runtime. */
  @Activate
  public GatewayProfile(GatewayConfig config) {
    name = config.name() == null ? "" : config.name().strip();
  }

  /** The name, or else the other one. */
  String name(String otherwise) {
    return name.isEmpty() ? otherwise : name;
  }
}
