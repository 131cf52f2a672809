package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scale and offset after a read. If deleted: engineering values could be wrong by a factor. */
class ScalingTest {

  @ParameterizedTest
  @CsvSource({
    // value type, scale/offset type, scale, offset, type read, read, result
    "INTEGER, DEFINED_BY_VALUE_TYPE, 3, 1, INTEGER, 2147483647, 2147483646", // int arithmetic
    "LONG, DEFINED_BY_VALUE_TYPE, 3, 1, LONG, 2147483647, 6442450942",
    "FLOAT, DEFINED_BY_VALUE_TYPE, 0.1, 0, FLOAT, 3, 0.3",
    "DOUBLE, DEFINED_BY_VALUE_TYPE, 0.5, -1, DOUBLE, 3, 0.5",
    "INTEGER, DOUBLE, 0.5, 0.2, DOUBLE, 7.9, 4",
    "DOUBLE, LONG, 2, 1, LONG, 20, 41.0",
    "DOUBLE, INTEGER, 2, 1, INTEGER, 20, 41.0",
    "LONG, FLOAT, 0.5, 0, FLOAT, 5, 2"
  })
  void valueTimesScalePlusOffsetInTheEffectiveTypeThenConverted(
      DataType valueType,
      String scaleType,
      String scale,
      String offset,
      DataType readType,
      String read,
      String result) {
    Scaling scaling = Scaling.of(channel(valueType.name(), scaleType, scale, offset));
    assertEquals(readType, scaling.readType());
    assertEquals(
        number(valueType, result).doubleValue(),
        ((Number) scaling.apply(TypedValues.parseTypedValue(readType, read)).getValue())
            .doubleValue(),
        1e-7);
    assertEquals(valueType, scaling.apply(TypedValues.parseTypedValue(readType, read)).getType());
  }

  private static Number number(DataType type, String text) {
    return (Number) TypedValues.parseTypedValue(type, text).getValue();
  }

  @Test
  void scaleOneAndOffsetZeroLeaveValueAndReadTypeAlone() {
    Scaling scaling = Scaling.of(channel("INTEGER", "DOUBLE", "1", "0"));
    assertFalse(scaling.active());
    assertEquals(DataType.INTEGER, scaling.readType());
  }

  @ParameterizedTest
  @CsvSource({"STRING", "BOOLEAN", "BYTE_ARRAY"})
  void onlyNumericValueTypesAreScaled(String type) {
    assertFalse(Scaling.of(channel(type, "DOUBLE", "5", "5")).active());
  }

  @Test
  void driverIsAskedInTheScaleOffsetTypeInRecordAndConfiguration() {
    Channel channel = channel("INTEGER", "DOUBLE", "0.1", "");
    ReadPlan plan = ReadPlan.of(java.util.Map.of("c", channel));
    var record = plan.newRecords().get(0);
    assertEquals(DataType.DOUBLE, record.getValueType());
    assertEquals("DOUBLE", record.getChannelConfig().get("+value.type"));
    assertEquals("INTEGER", channel.getConfiguration().get("+value.type"));
  }

  private static Channel channel(String valueType, String scaleType, String scale, String offset) {
    return ChannelsTest.only(
        Props.asset()
            .channel("c", "READ", valueType)
            .set("c#+scaleoffset.type", scaleType)
            .set("c#+scale", scale)
            .set("c#+offset", offset == null ? "" : offset));
  }
}
