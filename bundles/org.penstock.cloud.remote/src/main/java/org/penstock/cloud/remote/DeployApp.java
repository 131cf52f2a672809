package org.penstock.cloud.remote;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraResponsePayload;
import org.osgi.framework.Bundle;
import org.penstock.api.deployment.Deployments;
import org.penstock.api.deployment.Download;
import org.penstock.api.deployment.Installed;
import org.penstock.api.deployment.Job;
import org.penstock.api.deployment.Origin;
import org.penstock.api.deployment.Outcome;
import org.penstock.api.deployment.Outcome.Result;

/** DEPLOY-V2: downloads, installs and removes packages, starts and stops bundles. */
final class DeployApp implements RequestHandler {

  static final String ID = "DEPLOY-V2";

  private static final String DOWNLOAD = "download";
  private static final String INSTALL = "install";
  private static final String COMPLETED = "COMPLETED";
  private static final String FAILED = "FAILED";
  private static final String RUNNING = "IN_PROGRESS";
  private static final String IDLE = "IDLE";

  /** The running or last job of a kind. */
  private record Last(Job job, DeployRequest request) {

    boolean runs() {
      return job != null && !job.outcome().toCompletableFuture().isDone();
    }
  }

  private final Deployments deployments;
  private final Bundles bundles;
  private final Hooks hooks;
  private final Path folder;
  private final AtomicReference<Last> download = new AtomicReference<>(new Last(null, null));
  private final AtomicReference<Last> install = new AtomicReference<>(new Last(null, null));

  DeployApp(Deployments deployments, Bundles bundles, Hooks hooks, Path folder) {
    this.deployments = deployments;
    this.bundles = bundles;
    this.hooks = hooks;
    this.folder = folder;
  }

  @Override
  public KuraMessage doGet(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    String what = String.join("/", Exchange.args(request));
    return switch (what) {
      case "packages" -> Exchange.ok(packages());
      case "bundles" -> Exchange.ok(bundles());
      case DOWNLOAD -> downloadState();
      case INSTALL -> installState();
      default -> throw Exchange.notFound("there is no resource " + what);
    };
  }

  private String packages() {
    StringBuilder xml = new StringBuilder(Xml.HEAD).append("<packages>");
    for (Installed one : deployments.installed()) {
      xml.append("<package>").append(Xml.element("name", one.name()));
      xml.append(Xml.element("version", one.version())).append("<bundles>");
      one.parts()
          .forEach(
              p ->
                  xml.append("<bundle>")
                      .append(Xml.element("name", p.symbolicName()))
                      .append(Xml.element("version", p.version()))
                      .append("</bundle>"));
      xml.append("</bundles></package>");
    }
    return xml.append("</packages>").toString();
  }

  private String bundles() {
    StringBuilder xml = new StringBuilder(Xml.HEAD).append("<bundles>");
    for (Bundle bundle : bundles.all()) {
      xml.append("<bundle>").append(Xml.element("name", bundle.getSymbolicName()));
      xml.append(Xml.element("version", bundle.getVersion().toString()));
      xml.append(Xml.element("id", Long.toString(bundle.getBundleId())));
      xml.append(Xml.element("state", Bundles.state(bundle))).append("</bundle>");
    }
    return xml.append("</bundles>").toString();
  }

  private KuraMessage downloadState() {
    KuraPayload payload = new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_OK);
    Last last = download.get();
    if (last.runs()) {
      DeployNotices.download(payload, last.job().progress(), last.job().total(), RUNNING, "", 0);
      payload.addMetric("job.id", last.request().job());
      payload.addMetric("dp.name", last.request().name());
    } else {
      payload.addMetric("dp.download.status", IDLE);
    }
    return new KuraMessage(payload);
  }

  private KuraMessage installState() {
    KuraPayload payload = new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_OK);
    Last last = install.get();
    payload.addMetric("dp.install.status", last.runs() ? RUNNING : IDLE);
    if (last.runs()) {
      payload.addMetric("job.id", last.request().job());
      payload.addMetric("dp.name", last.request().name());
      payload.addMetric("dp.version", last.request().version());
    }
    return new KuraMessage(payload);
  }

  @Override
  public KuraMessage doExec(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    List<String> args = Exchange.args(request);
    String what = args.isEmpty() ? "" : args.get(0);
    if (args.size() == 2 && (what.equals("start") || what.equals("stop"))) {
      Bundles.run(bundles.byId(args.get(1)), what.equals("start"));
      return Exchange.ok();
    }
    if (args.size() != 1) {
      throw Exchange.bad("there is no resource " + String.join("/", args));
    }
    return switch (what) {
      case DOWNLOAD -> download(context, request);
      case INSTALL -> install(context, request);
      case "uninstall" -> uninstall(context, request);
      default -> throw Exchange.notFound("there is no resource " + what);
    };
  }

  private static KuraMessage busy() {
    KuraPayload payload = new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_ERROR);
    payload.addMetric("download.status", RUNNING);
    payload.setBody(
        "Another resource is already in download"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return new KuraMessage(payload);
  }

  private KuraMessage download(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    DeployRequest wanted = DeployRequest.of(request);
    Path file = wanted.file(folder);
    Download what = DeployRequest.download(request, file);
    if (download.get().runs()) {
      return busy();
    }
    hooks.before(wanted, file);
    DeployNotices notices = notices(context, wanted);
    Origin origin = new Origin(wanted.requester(), "mqtt");
    if (Files.exists(file) && !wanted.force()) {
      notices.downloading(1, 1, "ALREADY DONE", "", 0);
      downloaded(wanted, file, notices, origin);
      return Exchange.ok();
    }
    long[] told = {0};
    Job job =
        deployments.download(
            what,
            origin,
            j -> {
              if (j.progress() - told[0] >= wanted.notifyBytes()) {
                told[0] = j.progress();
                notices.downloading(j.progress(), j.total(), RUNNING, "", 0);
              }
            });
    download.set(new Last(job, wanted));
    job.outcome().thenAccept(outcome -> ended(wanted, file, job, outcome, notices, origin));
    return Exchange.ok();
  }

  private void ended(
      DeployRequest wanted,
      Path file,
      Job job,
      Outcome outcome,
      DeployNotices notices,
      Origin origin) {
    if (outcome.result() == Result.DONE) {
      notices.downloading(job.progress(), job.progress(), COMPLETED, "", 0);
      downloaded(wanted, file, notices, origin);
    } else {
      boolean cancelled = outcome.reason().endsWith("was cancelled");
      notices.downloading(
          job.progress(), job.total(), cancelled ? "CANCELLED" : FAILED, outcome.reason(), 0);
    }
  }

  private void downloaded(DeployRequest wanted, Path file, DeployNotices notices, Origin origin) {
    Optional<String> refused = hooks.afterDownload(wanted, file);
    if (refused.isPresent()) {
      notices.installing(FAILED, 0, refused.get());
    } else if (wanted.install()) {
      begin(wanted, file, notices, origin);
    }
  }

  private KuraMessage install(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    DeployRequest wanted = DeployRequest.of(request);
    Path file = wanted.file(folder);
    if (!Files.exists(file)) {
      throw new KuraException(
          KuraErrorCode.INTERNAL_ERROR, file.getFileName() + " is not there; download it first");
    }
    begin(wanted, file, notices(context, wanted), new Origin(wanted.requester(), "mqtt"));
    return Exchange.ok();
  }

  private void begin(DeployRequest wanted, Path file, DeployNotices notices, Origin origin) {
    notices.installing(RUNNING, 0, "");
    Job job = deployments.install(file, origin);
    install.set(new Last(job, wanted));
    job.outcome()
        .thenAccept(
            outcome -> {
              boolean done = outcome.result() == Result.DONE;
              Optional<String> hooked = done ? hooks.afterInstall(wanted, file) : Optional.empty();
              notices.installing(
                  done && hooked.isEmpty() ? COMPLETED : FAILED,
                  done ? 100 : 0,
                  hooked.orElse(outcome.reason()));
            });
  }

  private KuraMessage uninstall(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    String name = Exchange.text(request, "dp.name");
    long job = Exchange.number(request, "job.id");
    String requester = Exchange.text(request, "requester.client.id");
    DeployNotices notices = new DeployNotices(context, requester, job, name, "");
    notices.uninstalling(RUNNING, 0, "");
    deployments
        .uninstall(name, new Origin(requester, "mqtt"))
        .outcome()
        .thenAccept(
            outcome -> {
              boolean done = outcome.result() == Result.DONE;
              notices.uninstalling(done ? COMPLETED : FAILED, done ? 100 : 0, outcome.reason());
            });
    return Exchange.ok();
  }

  @Override
  public KuraMessage doDel(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    if (!Exchange.args(request).equals(List.of(DOWNLOAD))) {
      throw Exchange.notFound("only a download can be deleted");
    }
    Last last = download.get();
    if (last.runs()) {
      last.job().cancel();
    }
    return Exchange.ok();
  }

  private static DeployNotices notices(RequestHandlerContext context, DeployRequest wanted) {
    return new DeployNotices(
        context, wanted.requester(), wanted.job(), wanted.name(), wanted.version());
  }
}
