package org.penstock.cloud.remote;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** The configuration of remote commands; a changed one makes a new application. */
@Component(
    name = CommandConfig.PID,
    service = {CommandService.class, ConfigurableComponent.class})
@Designate(ocd = CommandConfig.class)
public final class CommandService implements ConfigurableComponent {

  private final CommandApp app;

  /** Called by the component runtime. */
  @Activate
  public CommandService(CommandConfig config, @Reference CryptoService crypto)
      throws KuraException {
    Set<Path> allowed = new HashSet<>();
    for (String program : config.command_allowed()) {
      if (program.startsWith("/")) {
        allowed.add(Path.of(program).normalize());
      }
    }
    Map<String, String> environment = new HashMap<>();
    for (String pair : config.command_environment().split("\\s+")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        environment.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    String stored = config.command_password_value();
    String password = stored.isEmpty() ? "" : new String(crypto.decryptAes(stored.toCharArray()));
    app =
        new CommandApp(
            new CommandApp.Options(
                config.command_enable(),
                password,
                allowed,
                Path.of(config.command_working_directory()),
                config.command_timeout(),
                environment));
  }

  CommandApp app() {
    return app;
  }
}
