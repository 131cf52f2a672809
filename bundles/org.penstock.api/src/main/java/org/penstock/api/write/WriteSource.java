package org.penstock.api.write;

import java.util.Objects;

/**
 * Who writes.
 *
 * @param kind decides by its place in the channel's order of kinds
 * @param owner tells two of one kind apart: a user, a rule, a server's instance; never empty
 */
public record WriteSource(Kind kind, String owner) {

  /** Kinds of writers, in the order that a channel has if it states no other: strongest first. */
  public enum Kind {
    /** A person at a console or over REST. */
    OPERATOR,
    /** A local rule or alarm. */
    RULE,
    /** A control system that speaks to a server of the gateway, such as Modbus. */
    SCADA,
    /** A request over a cloud connection. */
    CLOUD,
    /** The wire graph, and add-ons that do not say who they are. */
    WIRE
  }

  public WriteSource {
    Objects.requireNonNull(kind, "kind");
    if (owner == null || owner.isBlank()) {
      throw new IllegalArgumentException("a source needs an owner: a user, a rule, an instance");
    }
  }

  @Override
  public String toString() {
    return kind + " " + owner;
  }
}
