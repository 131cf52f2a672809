package org.penstock.cloud.connection.codec;

/**
 * A metric of Sparkplug B.
 *
 * @param name empty when only the alias is sent
 * @param alias -1 for none
 * @param timestamp milliseconds since 1970, 0 for none
 * @param type null when it is not sent
 * @param value Integer or Long for whole numbers; null when there is none
 * @param historical not the present value
 * @param bad the value is not what the device has now: the property Quality is 0
 */
public record SparkplugMetric(
    String name,
    long alias,
    long timestamp,
    SparkplugType type,
    Object value,
    boolean historical,
    boolean bad) {

  /** A present value with a name. */
  public static SparkplugMetric of(String name, long timestamp, SparkplugType type, Object value) {
    return new SparkplugMetric(name, -1, timestamp, type, value, false, false);
  }

  /** The same with an alias beside its name. */
  public SparkplugMetric withAlias(long number) {
    return new SparkplugMetric(name, number, timestamp, type, value, historical, bad);
  }

  /** The same with another type. */
  public SparkplugMetric withType(SparkplugType other) {
    return new SparkplugMetric(name, alias, timestamp, other, value, historical, bad);
  }

  /** The same as data that come after a birth: by alias alone if it has one. */
  public SparkplugMetric asData(long number, boolean old) {
    String shown = number < 0 ? name : "";
    return new SparkplugMetric(shown, number, timestamp, type, value, old, bad);
  }
}
