package org.penstock.field.asset.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.tags.TableFormat;

/** If deleted: a cell could land in another column, or an error name another row. */
class TableTest {

  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String RELATIONS =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String PACKAGES = "http://schemas.openxmlformats.org/package/2006/";

  private static List<String> csv(String text) throws IOException {
    return rows(text.getBytes(StandardCharsets.UTF_8), TableFormat.CSV);
  }

  /** Each row as number and cells with bars between. */
  private static List<String> rows(byte[] table, TableFormat format) throws IOException {
    List<String> rows = new ArrayList<>();
    TableReader.read(
        new ByteArrayInputStream(table),
        format,
        row -> rows.add(row.number() + ":" + String.join("|", row.cells())));
    return rows;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\r\n1,2\r\n",
        "a;b\n1;2",
        "a\tb\n1\t2\n",
        "\uFEFFa,b\r1,2",
        "a, b \n 1 ,\"2\"\n"
      })
  void separatorsLineEndsAndMarksOfAnyKindAreUnderstood(String text) throws IOException {
    assertEquals(List.of("1:a|b", "2:1|2"), csv(text));
  }

  @Test
  void quotesKeepSeparatorsLineEndsAndQuotes() throws IOException {
    assertEquals(
        List.of("1:a,;x| b |say \"hi\"|two\nlines", "2:1|2|3|4"),
        csv("\"a,;x\",\" b \",\"say \"\"hi\"\"\",\"two\nlines\"\n1,2,3,4\n"));
  }

  @Test
  void blankRowsCountAsSpreadsheetsCountThem() throws IOException {
    assertEquals(List.of("1:a", "2:", "3:b"), csv("a\n\nb\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\n\"open", "a\n\"x\"y\n"})
  void brokenQuotesNameTheirRow(String text) {
    IOException fault = assertThrows(IOException.class, () -> csv(text));
    assertTrue(fault.getMessage().startsWith("row 2"), fault.getMessage());
  }

  @Test
  void anotherEncodingIsNamed() {
    byte[] latin = "name\nT\u00fcr\n".getBytes(StandardCharsets.ISO_8859_1);
    IOException fault = assertThrows(IOException.class, () -> rows(latin, TableFormat.CSV));
    assertTrue(fault.getMessage().contains("UTF-8"), fault.getMessage());
  }

  @ParameterizedTest
  @EnumSource(TableFormat.class)
  void whatIsWrittenCanBeReadAgain(TableFormat format) throws IOException {
    List<List<String>> rows =
        List.of(
            List.of("name", "what"),
            List.of("T\u00fcr", "a,b;c\td"),
            List.of("", "\"q\""),
            List.of("007", "1e3"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TableWriter writer = TableWriter.to(bytes, format)) {
      for (List<String> row : rows) {
        writer.row(row);
      }
    }
    assertEquals(
        List.of("1:name|what", "2:T\u00fcr|a,b;c\td", "3:|\"q\"", "4:007|1e3"),
        rows(bytes.toByteArray(), format));
  }

  /** Written by hand as spreadsheets do it: shared texts, numbers, flags, gaps in row and column. */
  @Test
  void aSpreadsheetsOwnWorkbookIsRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      packaging(zip);
      put(
          zip,
          "xl/workbook.xml",
          "<workbook xmlns='"
              + MAIN
              + "' xmlns:r='"
              + RELATIONS
              + "'><sheets><sheet name='x' sheetId='1' r:id='s'/></sheets></workbook>");
      put(
          zip,
          "xl/sharedStrings.xml",
          "<sst xmlns='" + MAIN + "'><si><t>name</t></si><si><t> speed </t></si></sst>");
      put(
          zip,
          "xl/worksheets/sheet1.xml",
          "<worksheet xmlns='"
              + MAIN
              + "'><sheetData>"
              + "<row r='1'><c r='A1' t='s'><v>0</v></c></row>"
              + "<row r='3'><c r='A3' t='s'><v>1</v></c><c r='C3'><v>40001.0</v></c>"
              + "<c r='D3' t='b'><v>1</v></c><c r='E3'><v>2.5E-3</v></c></row>"
              + "</sheetData></worksheet>");
    }
    assertEquals(
        List.of("1:name", "3:speed||40001|true|0.0025"),
        rows(bytes.toByteArray(), TableFormat.XLSX));
  }

  private static void packaging(ZipOutputStream zip) throws IOException {
    put(
        zip,
        "[Content_Types].xml",
        "<Types xmlns='"
            + PACKAGES
            + "content-types'>"
            + "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package"
            + ".relationships+xml'/><Default Extension='xml' ContentType='application/xml'/>"
            + "<Override PartName='/xl/workbook.xml' ContentType='application/vnd"
            + ".openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/>"
            + "<Override PartName='/xl/sharedStrings.xml' ContentType='application/vnd"
            + ".openxmlformats-officedocument.spreadsheetml.sharedStrings+xml'/></Types>");
    put(
        zip,
        "_rels/.rels",
        "<Relationships xmlns='"
            + PACKAGES
            + "relationships'><Relationship Id='r' Type='"
            + RELATIONS
            + "/officeDocument' Target='xl/workbook.xml'/></Relationships>");
    put(
        zip,
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns='"
            + PACKAGES
            + "relationships'>"
            + "<Relationship Id='s' Type='"
            + RELATIONS
            + "/worksheet' Target='worksheets/sheet1.xml'/>"
            + "<Relationship Id='t' Type='"
            + RELATIONS
            + "/sharedStrings' Target='sharedStrings.xml'/></Relationships>");
  }

  private static void put(ZipOutputStream zip, String name, String xml) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(xml.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsNoWorkbookIsSaid() {
    byte[] text = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
    for (byte[] wrong : Arrays.asList(text, new byte[0], new byte[] {'P', 'K', 3, 4, 0})) {
      IOException fault = assertThrows(IOException.class, () -> rows(wrong, TableFormat.XLSX));
      assertTrue(fault.getMessage() != null, "says nothing");
    }
  }
}
