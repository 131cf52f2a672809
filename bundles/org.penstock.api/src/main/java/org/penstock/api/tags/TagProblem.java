package org.penstock.api.tags;

/**
 * What is wrong with one cell.
 *
 * @param row as a spreadsheet counts: the header is row 1; 0 when no row is to blame
 * @param column the header's text; empty when the row as a whole is meant
 * @param value what stands there
 * @param problem what is wrong and what would be right
 */
public record TagProblem(int row, String column, String value, String problem) {

  /** One line for people. */
  public String text() {
    return (row == 0 ? "" : "row " + row + (column.isEmpty() ? "" : ", column " + column) + ": ")
        + problem;
  }
}
