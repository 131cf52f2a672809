package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.driver.Quality;

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

  /** If deleted: a sensor that is broken (NaN) could show 0 as a good value. */
  @ParameterizedTest
  @CsvSource({
    "INTEGER, DOUBLE, NaN",
    "LONG, DOUBLE, NaN",
    "INTEGER, FLOAT, NaN",
    "INTEGER, DOUBLE, Infinity",
    "LONG, FLOAT, -Infinity",
    "INTEGER, DOUBLE, 1.1e9", // doubled, more than 2^31 - 1
    "INTEGER, DOUBLE, -1.1e9",
    "LONG, DOUBLE, 5e18",
    "LONG, FLOAT, -5e18"
  })
  void aNumberThatTheIntegerTypeCannotHoldFailsItsChannel(
      DataType valueType, DataType scaleType, String read) {
    ChannelRecord record = finished(valueType, scaleType, read);
    assertEquals(ChannelFlag.FAILURE, record.getChannelStatus().getChannelFlag());
    assertNull(record.getValue());
    String text = record.getChannelStatus().getExceptionMessage();
    assertTrue(text.contains(valueType + " cannot hold"), text);
    assertEquals(Quality.Level.BAD, ChannelBook.quality(record).level());
  }

  @ParameterizedTest
  @CsvSource({
    "INTEGER, 1073741823.9, 2147483647",
    "INTEGER, -1073741824.4, -2147483648",
    "LONG, -4611686018427387904, -9223372036854775808"
  })
  void theOutermostNumbersOfTheIntegerTypePass(DataType valueType, String read, long result) {
    ChannelRecord record = finished(valueType, DataType.DOUBLE, read);
    assertEquals(ChannelFlag.SUCCESS, record.getChannelStatus().getChannelFlag());
    assertEquals(result, ((Number) record.getValue().getValue()).longValue());
  }

  @Test
  void whatTheDriverSaysOfAChannelThatFailsGoesBeforeTheRange() {
    ChannelRecord read = ChannelRecord.createReadRecord("c", DataType.DOUBLE);
    read.setValue(TypedValues.newDoubleValue(Double.NaN));
    read.setChannelStatus(new ChannelStatus(ChannelFlag.FAILURE, "wire cut", null));
    ReadPlan plan = ReadPlan.of(Map.of("c", channel("INTEGER", "DOUBLE", "2", "0")));
    assertEquals(
        "wire cut", plan.finish(List.of(read)).get(0).getChannelStatus().getExceptionMessage());
  }

  private static ChannelRecord finished(DataType valueType, DataType scaleType, String read) {
    ReadPlan plan = ReadPlan.of(Map.of("c", channel(valueType.name(), scaleType.name(), "2", "0")));
    ChannelRecord record = plan.newRecords().get(0);
    record.setValue(TypedValues.parseTypedValue(scaleType, read));
    record.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
    return plan.finish(List.of(record)).get(0);
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
