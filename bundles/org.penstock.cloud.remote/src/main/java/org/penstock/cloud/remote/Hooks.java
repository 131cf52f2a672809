package org.penstock.cloud.remote;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.deployment.hook.DeploymentHook;
import org.eclipse.kura.deployment.hook.RequestContext;

/** Calls the deployment hooks that the configuration ties to request types. */
final class Hooks {

  private interface Call {
    void call(DeploymentHook hook, RequestContext context, Map<String, Object> properties)
        throws KuraException;
  }

  private final Map<String, String> pids = new HashMap<>();
  private final Function<String, Optional<DeploymentHook>> byPid;

  /**
   * Reads the association.
   *
   * @param associations lines of request type=kura.service.pid
   */
  Hooks(String associations, Function<String, Optional<DeploymentHook>> byPid) {
    this.byPid = byPid;
    associations
        .lines()
        .map(line -> line.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> pids.put(pair[0].trim(), pair[1].trim()));
  }

  /** Throws BAD_REQUEST for a request type without a hook, and whatever the hook refuses with. */
  void before(DeployRequest request, Path file) throws KuraException {
    if (!request.hook().isEmpty()) {
      call(request, file, DeploymentHook::preDownload);
    }
  }

  Optional<String> afterDownload(DeployRequest request, Path file) {
    return after(request, file, DeploymentHook::postDownload);
  }

  Optional<String> afterInstall(DeployRequest request, Path file) {
    return after(request, file, DeploymentHook::postInstall);
  }

  private Optional<String> after(DeployRequest request, Path file, Call call) {
    if (request.hook().isEmpty()) {
      return Optional.empty();
    }
    try {
      call(request, file, call);
      return Optional.empty();
    } catch (KuraException e) {
      return Optional.of("the hook for " + request.hook() + ": " + e.getMessage());
    }
  }

  private void call(DeployRequest request, Path file, Call call) throws KuraException {
    DeploymentHook hook =
        Optional.ofNullable(pids.get(request.hook()))
            .flatMap(byPid)
            .orElseThrow(
                () -> Exchange.bad("no deployment hook serves the type " + request.hook()));
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(request.hookProperties()));
    } catch (IOException | IllegalArgumentException e) {
      throw Exchange.bad("hook.properties can't be read: " + e.getMessage());
    }
    Map<String, Object> map = new HashMap<>();
    properties.forEach((key, value) -> map.put(key.toString(), value));
    call.call(hook, new RequestContext(file.toString(), request.hook()), map);
  }
}
