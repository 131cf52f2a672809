package org.penstock.api.rest;

import java.util.List;
import java.util.Map;

/**
 * The answer to one request.
 *
 * @param status HTTP's status code
 * @param headers without Content-Length
 * @param body empty when there is none
 */
public record RestAnswer(int status, Map<String, List<String>> headers, byte[] body) {}
