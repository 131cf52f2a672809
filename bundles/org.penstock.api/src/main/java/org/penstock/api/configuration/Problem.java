package org.penstock.api.configuration;

import java.util.Objects;

/**
 * What is wrong with one configuration, with its place.
 *
 * @param pid the component's {@code kura.service.pid}; empty when the place is a whole file
 * @param attribute the property's key; empty when the configuration as a whole is meant
 * @param given the given value as text, masked for passwords; empty when nothing was given
 * @param allowed what is allowed, or what to do, in words; never empty
 */
public record Problem(String pid, String attribute, String given, String allowed) {

  public Problem {
    Objects.requireNonNull(pid);
    Objects.requireNonNull(attribute);
    Objects.requireNonNull(given);
    Objects.requireNonNull(allowed);
  }

  /** One line for people: place, given value, allowed value. */
  public String text() {
    String place = pid + (attribute.isEmpty() ? "" : (pid.isEmpty() ? "" : ", ") + attribute);
    return (place.isEmpty() ? "" : place + ": ")
        + (given.isEmpty() ? "" : "given " + given + "; ")
        + allowed;
  }
}
