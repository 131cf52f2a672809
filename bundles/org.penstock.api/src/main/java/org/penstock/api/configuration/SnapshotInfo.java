package org.penstock.api.configuration;

import java.time.Instant;
import java.util.Objects;

/**
 * One snapshot in the archive.
 *
 * @param id Kura's id; 0 is the seed
 * @param taken when, as far as the box's clock knew
 * @param author the identity that caused it; empty when the gateway did by itself
 * @param name given by somebody; may be empty
 * @param comment given by somebody, or what was done in words; may be empty
 */
public record SnapshotInfo(long id, Instant taken, String author, String name, String comment) {

  public SnapshotInfo {
    Objects.requireNonNull(taken);
    Objects.requireNonNull(author);
    Objects.requireNonNull(name);
    Objects.requireNonNull(comment);
  }
}
