package org.eclipse.kura.executor;

import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Runs commands of the operating system. */
@ProviderType
public interface CommandExecutorService {

  CommandStatus execute(Command command);

  void execute(Command command, Consumer<CommandStatus> consumer);

  boolean stop(Pid pid, Signal signal);

  boolean kill(String[] names, Signal signal);

  boolean isRunning(Pid pid);

  boolean isRunning(String[] names);

  Map<String, Pid> getPids(String[] names);
}
