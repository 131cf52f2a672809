package org.penstock.api.tags;

import java.util.List;

/**
 * What an import did, or would do.
 *
 * @param applied whether the configuration was changed; never in part
 * @param rows rows read, without the header
 * @param added new channels
 * @param changed channels with other properties than before
 * @param removed channels that are gone
 * @param problems in order of rows, 1,000 at most; when there is one nothing is applied
 */
public record TagReport(
    boolean applied, int rows, int added, int changed, int removed, List<TagProblem> problems) {

  public TagReport {
    problems = List.copyOf(problems);
  }
}
