package org.penstock.cloud.connection.form;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.kura.message.KuraPayload;

/**
 * One value of one channel.
 *
 * @param asset may be empty
 * @param value null when there is none
 * @param timestamp milliseconds since 1970
 * @param quality good or bad
 */
public record Sample(String asset, String channel, Object value, long timestamp, String quality) {

  private static final String ASSET = "assetName";
  private static final String ASSET_TIMESTAMP = "assetTimestamp";
  private static final String ASSET_ERROR = "assetError";
  private static final String TIMESTAMP = "_timestamp";
  private static final String ERROR = "_error";
  private static final String UNIT = "_unit";

  /** The value is as the device has it. */
  public boolean isGood() {
    return "good".equals(quality);
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
            samples.add(
                new Sample(
                    asset, base(name, ERROR), null, time(metrics, base(name, ERROR), time), "bad"));
          } else if (isValue(name, metrics)) {
            samples.add(new Sample(asset, name, value, time(metrics, name, time), "good"));
          }
        });
    return samples;
  }

  private static boolean isValue(String name, Map<String, Object> metrics) {
    return !name.equals(ASSET)
        && !name.equals(ASSET_TIMESTAMP)
        && !name.equals(ASSET_ERROR)
        && !belongs(name, TIMESTAMP, metrics)
        && !belongs(name, UNIT, metrics)
        && !name.endsWith(ERROR);
  }

  private static boolean belongs(String name, String suffix, Map<String, Object> metrics) {
    return name.endsWith(suffix)
        && (metrics.containsKey(base(name, suffix))
            || metrics.containsKey(base(name, suffix) + ERROR));
  }

  private static String base(String name, String suffix) {
    return name.substring(0, name.length() - suffix.length());
  }

  private static long time(Map<String, Object> metrics, String channel, long fallback) {
    return metrics.get(channel + TIMESTAMP) instanceof Number n ? n.longValue() : fallback;
  }
}
