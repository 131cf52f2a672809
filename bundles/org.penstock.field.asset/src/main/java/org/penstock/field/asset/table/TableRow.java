package org.penstock.field.asset.table;

import java.util.List;

/**
 * One row of a table.
 *
 * @param number as a spreadsheet counts, from 1
 * @param cells without white space around; a row may be shorter than the header
 */
public record TableRow(int number, List<String> cells) {

  /** The cell, empty beyond the row's end. */
  public String cell(int column) {
    return column < cells.size() ? cells.get(column) : "";
  }

  /** Nothing stands in it. */
  public boolean isBlank() {
    return cells.stream().allMatch(String::isEmpty);
  }
}
