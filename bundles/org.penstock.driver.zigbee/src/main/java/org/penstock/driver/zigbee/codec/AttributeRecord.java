package org.penstock.driver.zigbee.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * An attribute as a report or the answer to a read tells it.
 *
 * @param attribute its number
 * @param status 0, or why there is no value (2.6.3 of the ZCL specification)
 * @param value null when the status is not 0
 */
public record AttributeRecord(int attribute, int status, ZclValue value) {

  /** Of a report (2.5.11). What comes behind a type that isn't known is left out. */
  public static List<AttributeRecord> ofReport(byte[] payload) {
    ByteReader in = new ByteReader(payload);
    List<AttributeRecord> records = new ArrayList<>();
    while (in.left() >= 3) {
      records.add(new AttributeRecord(in.u16(), 0, ZclValue.read(in.u8(), in)));
    }
    return records;
  }

  /** Of the answer to a read (2.5.2). */
  public static List<AttributeRecord> ofReadResponse(byte[] payload) {
    ByteReader in = new ByteReader(payload);
    List<AttributeRecord> records = new ArrayList<>();
    while (in.left() >= 3) {
      int attribute = in.u16();
      int status = in.u8();
      records.add(
          new AttributeRecord(attribute, status, status == 0 ? ZclValue.read(in.u8(), in) : null));
    }
    return records;
  }
}
