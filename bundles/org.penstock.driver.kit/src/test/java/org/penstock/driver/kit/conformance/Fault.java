package org.penstock.driver.kit.conformance;

/** What a simulated device can be made to do. */
public enum Fault {
  /** Answers as it should. */
  NONE,
  /** Takes requests and never answers. */
  SILENT,
  /** Answers with bytes that are no frame. */
  GARBAGE,
  /** Answers with the beginning of a frame only. */
  TRUNCATED,
  /** Is not there: connections fail and existing ones break. */
  ABSENT
}
