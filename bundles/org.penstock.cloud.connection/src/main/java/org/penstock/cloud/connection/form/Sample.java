package org.penstock.cloud.connection.form;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.kura.message.KuraPayload;

/**
 * One value of one channel.
 *
 * @param asset may be empty
 * @param value null when there is none
 * @param timestamp milliseconds since 1970
 * @param quality good, uncertain (where the asset tells so) or bad
 */
public record Sample(String asset, String channel, Object value, long timestamp, String quality) {

  private static final String ASSET = "assetName";
  private static final String ASSET_TIMESTAMP = "assetTimestamp";
  private static final String ASSET_ERROR = "assetError";
  private static final String TIMESTAMP = "_timestamp";
  private static final String ERROR = "_error";
  private static final String UNIT = "_unit";
  private static final String QUALITY = "_quality";
  private static final String BAD = "BAD";
  private static final Set<String> QUALITIES = Set.of("GOOD", "UNCERTAIN", BAD);

  /** The value is as the device has it. */
  public boolean isGood() {
    return "good".equals(quality);
  }

  /** There is no value, or one that the device does not have. */
  public boolean isBad() {
    return "bad".equals(quality);
  }

  /**
   * The values in a message of an asset, in order of name; others' metrics count as channels, too.
   * None when the asset only tells that nothing could be read.
   */
  public static List<Sample> of(KuraPayload payload) {
    Map<String, Object> metrics = new TreeMap<>(payload.metrics());
    String asset = String.valueOf(metrics.getOrDefault(ASSET, ""));
    Date sent = payload.getTimestamp();
    Object assetTime = metrics.get(ASSET_TIMESTAMP);
    long time =
        assetTime instanceof Number n
            ? n.longValue()
            : sent == null ? System.currentTimeMillis() : sent.getTime();
    List<Sample> samples = new ArrayList<>();
    metrics.forEach(
        (name, value) -> {
          if (name.endsWith(ERROR) && !metrics.containsKey(base(name, ERROR))) {
            samples.add(none(asset, base(name, ERROR), metrics, time));
          } else if (isLone(name, metrics)) {
            samples.add(none(asset, base(name, QUALITY), metrics, time));
          } else if (isValue(name, metrics)) {
            samples.add(
                new Sample(asset, name, value, time(metrics, name, time), quality(name, metrics)));
          }
        });
    return samples;
  }

  private static Sample none(
      String asset, String channel, Map<String, Object> metrics, long fallback) {
    return new Sample(asset, channel, null, time(metrics, channel, fallback), "bad");
  }

  /** All that an asset that emits no errors tells of a channel that could not be read. */
  private static boolean isLone(String name, Map<String, Object> metrics) {
    return name.endsWith(QUALITY)
        && metrics.containsKey(ASSET)
        && BAD.equals(metrics.get(name))
        && !metrics.containsKey(base(name, QUALITY))
        && !metrics.containsKey(base(name, QUALITY) + ERROR);
  }

  private static String quality(String channel, Map<String, Object> metrics) {
    Object told = metrics.get(channel + QUALITY);
    return told instanceof String text && QUALITIES.contains(text)
        ? text.toLowerCase(Locale.ROOT)
        : "good";
  }

  private static boolean isQuality(String name, Map<String, Object> metrics) {
    return metrics.get(name) instanceof String text
        && QUALITIES.contains(text)
        && belongs(name, QUALITY, metrics);
  }

  private static boolean isValue(String name, Map<String, Object> metrics) {
    return !name.equals(ASSET)
        && !name.equals(ASSET_TIMESTAMP)
        && !name.equals(ASSET_ERROR)
        && !belongs(name, TIMESTAMP, metrics)
        && !belongs(name, UNIT, metrics)
        && !isQuality(name, metrics)
        && !name.endsWith(ERROR);
  }

  private static boolean belongs(String name, String suffix, Map<String, Object> metrics) {
    return name.endsWith(suffix)
        && (metrics.containsKey(base(name, suffix))
            || metrics.containsKey(base(name, suffix) + ERROR)
            || isLone(base(name, suffix) + QUALITY, metrics));
  }

  private static String base(String name, String suffix) {
    return name.substring(0, name.length() - suffix.length());
  }

  private static long time(Map<String, Object> metrics, String channel, long fallback) {
    return metrics.get(channel + TIMESTAMP) instanceof Number n ? n.longValue() : fallback;
  }
}
