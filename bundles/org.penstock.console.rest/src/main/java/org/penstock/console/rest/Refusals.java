package org.penstock.console.rest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.penstock.api.rest.RestAnswer;

/** Answers that the door gives by itself. */
final class Refusals {

  private static final String RETRY_AFTER = "Retry-After";

  private Refusals() {}

  static RestAnswer answer(Limits.Exceeded exceeded, String path) {
    RestAnswer answer =
        new RestAnswer(
            exceeded.status(),
            Map.of("Content-Type", List.of(Refusal.type(path).toString())),
            Refusal.body(exceeded.status(), exceeded.getMessage(), path)
                .getBytes(StandardCharsets.UTF_8));
    return exceeded.retryAfter().isZero() ? answer : withRetryAfter(answer, exceeded.retryAfter());
  }

  static RestAnswer withRetryAfter(RestAnswer answer, Duration wait) {
    Map<String, List<String>> headers = new HashMap<>(answer.headers());
    headers.put(RETRY_AFTER, List.of(Long.toString(wait.plusMillis(999).toSeconds())));
    return new RestAnswer(answer.status(), headers, answer.body());
  }
}
