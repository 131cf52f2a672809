package org.penstock.driver.zigbee.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes of the ZigBee Cluster Library. */
final class ZclFrameTest {

  /** If deleted: a sensor's report could be read wrongly (ZCL 2.4.1, 2.5.11). */
  @Test
  void temperatureReport() {
    ZclFrame frame = ZclFrame.decode(bytes("18" + "2a" + "0a" + "0000" + "29" + "6608"));
    assertEquals(true, frame.isGeneral(ZclFrame.REPORT));
    assertEquals(true, frame.fromServer());
    assertEquals(true, frame.quiet());
    List<AttributeRecord> records = AttributeRecord.ofReport(frame.payload());
    assertEquals(new AttributeRecord(0, 0, new ZclValue(0x29, 2150L)), records.get(0));
  }

  /** If deleted: an attribute that a device lacks could take the others of the same answer down. */
  @Test
  void unsupportedAttributeStaysOnItsOwn() {
    List<AttributeRecord> records =
        AttributeRecord.ofReadResponse(bytes("0500" + "86" + "0000" + "00" + "10" + "01"));
    assertEquals(new AttributeRecord(5, 0x86, null), records.get(0));
    assertEquals(new AttributeRecord(0, 0, new ZclValue(0x10, true)), records.get(1));
  }

  /** If deleted: a manufacturer's own attributes could not be asked for (ZCL 2.4.1.2). */
  @Test
  void manufacturerCodeStandsInTheHeader() {
    ZclFrame frame = ZclFrame.request(false, 0x115f, 7, ZclFrame.READ, bytes("f7ff"));
    assertEquals("045f110700f7ff", HexFormat.of().formatHex(frame.encode()));
    assertEquals(0x115f, ZclFrame.decode(frame.encode()).manufacturer());
  }

  /** If deleted: "not known" could be told as -327.68 degrees (ZCL 2.6.2, invalid values). */
  @Test
  void invalidValuesAreNone() {
    assertNull(read(0x29, "0080"));
    assertNull(read(0x21, "ffff"));
    assertNull(read(0x10, "ff"));
    assertNull(read(0x42, "ff"));
    assertEquals(255L, read(0x18, "ff")); // a bitmap has no invalid value
  }

  /** If deleted: numbers of rarer types could come out wrong or stop the frame's other ones. */
  @Test
  void numbersOfAllSizes() {
    assertEquals(-1L, read(0x2a, "ffffff"));
    assertEquals(0x010203L, read(0x22, "030201"));
    assertEquals(1.5, read(0x39, "0000c03f"));
    assertEquals("TH01", read(0x42, "0454483031"));
    assertEquals(0x00124b0001020304L, read(0xf0, "040302" + "01004b1200"));
    assertThrows(IllegalArgumentException.class, () -> read(0x99, "00"));
    assertThrows(IllegalArgumentException.class, () -> read(0x42, "0554"));
  }

  /** If deleted: a value that the type can't hold could be written as another one. */
  @Test
  void writesWhatFitsAndRefusesTheRest() {
    assertEquals("6608", written(0x29, 2150));
    assertEquals("01", written(0x10, true));
    assertEquals("0454483031", written(0x42, "TH01"));
    assertThrows(IllegalArgumentException.class, () -> written(0x20, 256));
    assertThrows(IllegalArgumentException.class, () -> written(0x20, -1));
    assertThrows(IllegalArgumentException.class, () -> written(0x29, 1.5));
    assertThrows(IllegalArgumentException.class, () -> written(0x29, "warm"));
  }

  private static Object read(int type, String hex) {
    return ZclValue.read(type, new ByteReader(bytes(hex))).value();
  }

  private static String written(int type, Object value) {
    ByteWriter out = new ByteWriter();
    ZclValue.write(type, value, out);
    return HexFormat.of().formatHex(out.toBytes());
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
