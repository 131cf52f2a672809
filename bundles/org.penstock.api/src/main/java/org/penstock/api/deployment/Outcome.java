package org.penstock.api.deployment;

/**
 * One line of the journal.
 *
 * @param action {@code install}, {@code update}, {@code uninstall} or {@code recover}
 * @param name symbolic name of bundle or package, or the file's name when it could not be read
 * @param version empty when it is not known
 * @param sha256 of the file, empty when it is not known
 * @param origin who, and from where
 * @param begun milliseconds of the epoch
 * @param ended milliseconds of the epoch
 * @param result how it ended
 * @param reason what was wrong, where and what to do; empty when it is done
 */
public record Outcome(
    String action,
    String name,
    String version,
    String sha256,
    Origin origin,
    long begun,
    long ended,
    Result result,
    String reason) {

  /** How a transaction ended. */
  public enum Result {
    /** Committed. */
    DONE,
    /** Nothing that runs was touched. */
    REFUSED,
    /** It was applied, and all is as it was before. */
    ROLLED_BACK
  }
}
