package org.penstock.cloud.remote;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.penstock.api.deployment.Download;

/**
 * A request of DEPLOY-V2 to download or install.
 *
 * @param job the sender's number for it
 * @param name of the package
 * @param version of the package
 * @param requester whom to tell
 * @param install goes on with installing
 * @param force downloads again what is there
 * @param notifyBytes progress is told each so many bytes
 * @param hook request type, empty for none
 * @param hookProperties text in the form of java.util.Properties
 */
record DeployRequest(
    long job,
    String name,
    String version,
    String requester,
    boolean install,
    boolean force,
    long notifyBytes,
    String hook,
    String hookProperties) {

  private static final long NOTIFY_BYTES = 256L << 10;

  static DeployRequest of(KuraMessage request) throws KuraException {
    if (Exchange.flag(request, "dp.install.system.update", false)) {
      throw Exchange.bad(
          "system updates by script are not run here; update the runtime with a new system set");
    }
    if (request.getPayload().getMetric("dp.install.system.update") == null) {
      throw Exchange.bad("the metric dp.install.system.update is missing");
    }
    if (Exchange.flag(request, "dp.reboot", false)) {
      throw Exchange.bad("dp.reboot is not done here; packages need none");
    }
    return new DeployRequest(
        Exchange.number(request, "job.id"),
        Exchange.text(request, "dp.name"),
        Exchange.text(request, "dp.version"),
        Exchange.text(request, "requester.client.id"),
        Exchange.flag(request, "dp.install", true),
        Exchange.flag(request, "dp.download.force", false),
        Math.max(1, Exchange.number(request, "dp.download.notify.block.size", NOTIFY_BYTES)),
        Exchange.optional(request, "request.type").orElse(""),
        Exchange.optional(request, "hook.properties").orElse(""));
  }

  /** Where the package lies; names that leave the folder are refused. */
  Path file(Path folder) throws KuraException {
    Path file = folder.resolve(name + "_" + version + ".dp").normalize();
    if (!folder.equals(file.getParent())) {
      throw Exchange.bad("dp.name and dp.version lead out of the folder of downloads");
    }
    return file;
  }

  static Download download(KuraMessage request, Path target) throws KuraException {
    URI uri;
    try {
      uri = URI.create(Exchange.text(request, "dp.uri"));
    } catch (IllegalArgumentException e) {
      throw Exchange.bad("dp.uri is no address");
    }
    String protocol = Exchange.text(request, "dp.download.protocol");
    if (!protocol.equalsIgnoreCase("HTTP") && !protocol.equalsIgnoreCase("HTTPS")) {
      throw Exchange.bad("dp.download.protocol must be HTTP, given: " + protocol);
    }
    Optional<String> user = Exchange.optional(request, "dp.download.username");
    Optional<String> password = Exchange.optional(request, "dp.download.password");
    return new Download(
        uri,
        target,
        Exchange.optional(request, "dp.download.hash"),
        user.filter(u -> !u.isEmpty()),
        password.orElse("").toCharArray(),
        Exchange.flag(request, "dp.download.resume", false),
        Duration.ofMillis(Exchange.number(request, "dp.download.timeout", 4000)),
        (int) Math.min(1 << 20, Exchange.number(request, "dp.download.block.size", 64 << 10)),
        Duration.ofMillis(Exchange.number(request, "dp.download.block.delay", 0)));
  }
}
