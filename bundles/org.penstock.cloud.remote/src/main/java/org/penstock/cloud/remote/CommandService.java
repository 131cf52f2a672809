package org.penstock.cloud.remote;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.command.PasswordCommandService;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.message.KuraPayload;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Commands for all doors and for bundles; a changed configuration makes a new one. */
@Component(
    name = CommandConfig.PID,
    service = {CommandService.class, PasswordCommandService.class, ConfigurableComponent.class})
@Designate(ocd = CommandConfig.class)
public final class CommandService implements PasswordCommandService, ConfigurableComponent {

  private final CommandRunner runner;

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
    runner =
        new CommandRunner(
            new CommandRunner.Options(
                config.command_enable(),
                password,
                allowed,
                Path.of(config.command_working_directory()),
                config.command_timeout(),
                environment));
  }

  CommandApp app() {
    return new CommandApp(runner);
  }

  CommandRunner runner() {
    return runner;
  }

  /** Runs a program with arguments, separated by blanks; gives what it wrote. */
  @Override
  public String execute(String command, String password) throws KuraException {
    List<String> words = List.of(command.strip().split("\\s+"));
    CommandRunner.Result result =
        runner.run(
            new CommandRunner.Request(
                words.get(0),
                password == null ? "" : password,
                words.subList(1, words.size()),
                Map.of(),
                "",
                new byte[0],
                Integer.MAX_VALUE));
    if (result.timedOut() || result.exitCode() != 0) {
      throw new KuraException(
          KuraErrorCode.PROCESS_EXECUTION_ERROR, words.get(0) + ": " + result.stderr());
    }
    return result.stdout();
  }

  @Override
  public KuraPayload execute(KuraPayload payload) throws KuraException {
    return app().execute(new KuraMessage(payload));
  }
}
