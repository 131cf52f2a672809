package org.penstock.api.tags;

/** How a table is written. */
public enum TableFormat {
  /** Comma, semicolon or tab separated text in UTF-8, quoted as in RFC 4180; written with commas. */
  CSV,
  /** A workbook of Office Open XML; its first sheet is read. */
  XLSX
}
