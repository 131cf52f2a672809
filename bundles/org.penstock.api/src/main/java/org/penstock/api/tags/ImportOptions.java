package org.penstock.api.tags;

import java.util.Optional;

/**
 * How a table is taken in.
 *
 * @param asset the asset of all rows, for tables without a column {@code asset}, such as Kura's
 * @param replace channels that the table does not name are removed from the assets that it names
 * @param emptyIsText an empty cell is an empty text; otherwise it leaves the property as it is, or at
 *     its default
 * @param dryRun nothing is changed
 */
public record ImportOptions(
    Optional<String> asset, boolean replace, boolean emptyIsText, boolean dryRun) {

  /** Adds and changes channels of assets that the table names. */
  public static final ImportOptions DEFAULT =
      new ImportOptions(Optional.empty(), false, false, false);
}
