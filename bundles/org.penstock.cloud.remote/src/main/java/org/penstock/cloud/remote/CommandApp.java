package org.penstock.cloud.remote;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraResponsePayload;

/** CMD-V1: runs a command over a cloud connection. */
final class CommandApp implements RequestHandler {

  private final CommandRunner runner;

  CommandApp(CommandRunner runner) {
    this.runner = runner;
  }

  @Override
  public KuraMessage doExec(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    if (!Exchange.args(request).equals(List.of("command"))) {
      throw Exchange.notFound("there is only command");
    }
    return new KuraMessage(execute(request));
  }

  /** Runs what the metrics of a request say. */
  KuraPayload execute(KuraMessage request) throws KuraException {
    CommandRunner.Request wanted = wanted(request);
    if (Exchange.flag(request, "command.run.async", false)) {
      runner.start(wanted);
      return new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_OK);
    }
    return answer(runner.run(wanted));
  }

  private static CommandRunner.Request wanted(KuraMessage request) throws KuraException {
    byte[] zip = request.getPayload().getBody();
    return new CommandRunner.Request(
        Exchange.text(request, "command.command"),
        Exchange.optional(request, "command.password").orElse(""),
        numbered(request, "command.argument"),
        environment(request),
        Exchange.optional(request, "command.working.directory").orElse(""),
        zip == null ? new byte[0] : zip,
        Exchange.number(request, "command.timeout", Integer.MAX_VALUE));
  }

  /** Values of the metrics with a number at the end, up to the first that is missing or empty. */
  private static List<String> numbered(KuraMessage request, String metric) {
    List<String> values = new ArrayList<>();
    for (int i = 0; ; i++) {
      String value = Exchange.optional(request, metric + i).orElse("");
      if (value.isEmpty()) {
        return values;
      }
      values.add(value);
    }
  }

  private static Map<String, String> environment(KuraMessage request) throws KuraException {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String pair : numbered(request, "command.environment.pair")) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw Exchange.bad("command.environment.pair " + pair + ": give NAME=value");
      }
      environment.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return environment;
  }

  private static KuraResponsePayload answer(CommandRunner.Result result) {
    boolean good = result.exitCode() == 0 && !result.timedOut();
    KuraResponsePayload payload =
        new KuraResponsePayload(
            good ? KuraResponsePayload.RESPONSE_CODE_OK : KuraResponsePayload.RESPONSE_CODE_ERROR);
    payload.addMetric("command.stdout", result.stdout());
    payload.addMetric("command.stderr", result.stderr());
    payload.addMetric("command.exit.code", result.exitCode());
    payload.addMetric("command.timedout", result.timedOut());
    if (!good) {
      payload.setExceptionMessage(result.stderr());
    }
    return payload;
  }
}
