package org.penstock.console.rest;

import com.google.gson.JsonElement;
import java.util.List;

/** The JSON of Kura's {@code assets}, field by field. */
final class AssetJson {

  /** One channel's definition; the driver's own properties are not in it. */
  record Definition(
      String name,
      String type,
      String valueType,
      String scaleOffsetType,
      Number valueScale,
      Number valueOffset,
      String unit,
      boolean isEnabled) {}

  /** How a read or write ended. */
  record Status(String channelFlag, String exceptionMessage) {}

  /** One value, read or written. */
  record Sample(
      String name,
      Status channelStatus,
      String valueType,
      JsonElement value,
      Long timestamp,
      String unit) {}

  /** Which channels to read. */
  record ReadRequest(List<String> channels) {}

  /** One value to write; {@code value} as text or as JSON's own type, byte arrays in Base64. */
  record Write(String name, String type, JsonElement value) {}

  /** What to write. */
  record WriteRequest(List<Write> channels) {}

  private AssetJson() {}
}
