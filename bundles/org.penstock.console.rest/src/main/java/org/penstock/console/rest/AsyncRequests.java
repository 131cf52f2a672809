package org.penstock.console.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;

/** Requests that are answered later than the server's call ends; some of them waited before. */
final class AsyncRequests {

  private AsyncRequests() {}

  /** The request's context, begun if it is not yet. */
  static AsyncContext of(HttpServletRequest request) {
    return request.isAsyncStarted() ? request.getAsyncContext() : request.startAsync();
  }

  /** The answer of a request that waited is complete; of any other the server knows by itself. */
  static void complete(HttpServletRequest request) {
    if (request.isAsyncStarted()) {
      request.getAsyncContext().complete();
    }
  }
}
