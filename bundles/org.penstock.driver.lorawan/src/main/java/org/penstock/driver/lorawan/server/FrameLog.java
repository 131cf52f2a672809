package org.penstock.driver.lorawan.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.penstock.driver.lorawan.codec.Eui;

/** The last frames of all devices, as they come: for who looks on. Any thread may call. */
public final class FrameLog {

  private static final int MOST = 500;

  private final Deque<Entry> entries = new ArrayDeque<>();
  private final LongSupplier millis;
  private long last;

  /**
   * A frame, or what became of it.
   *
   * @param number counts all since the start, from 1
   * @param at epoch milliseconds
   * @param text in words
   * @param uplink null when it is none with data
   * @param values as decoded, by name
   * @param problem why nothing was decoded, or empty
   */
  public record Entry(
      long number,
      long at,
      Eui device,
      String text,
      Uplink uplink,
      Map<String, String> values,
      String problem) {}

  /** An empty one; {@code millis} is the clock. */
  public FrameLog(LongSupplier millis) {
    this.millis = millis;
  }

  void add(Eui device, String text) {
    add(millis.getAsLong(), device, text, null, Map.of(), "");
  }

  /** An uplink with what the codec made of it. */
  public void add(Uplink uplink, Map<String, Object> values, String problem) {
    Map<String, String> texts = new TreeMap<>();
    values.forEach((name, value) -> texts.put(name, text(value)));
    add(uplink.millis(), uplink.device(), "up", uplink, texts, problem);
  }

  /** As people write it: codecs make whole numbers doubles, too. */
  private static String text(Object value) {
    boolean isWhole =
        value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15;
    return isWhole ? Long.toString(((Double) value).longValue()) : String.valueOf(value);
  }

  private synchronized void add(
      long at, Eui device, String text, Uplink uplink, Map<String, String> values, String problem) {
    entries.addLast(new Entry(++last, at, device, text, uplink, values, problem));
    if (entries.size() > MOST) {
      entries.removeFirst();
    }
  }

  /**
   * A part of the log.
   *
   * @param last number of the newest entry that there is; less than what somebody has seen when the log began anew
   * @param entries the oldest first
   */
  public record Part(long last, List<Entry> entries) {}

  /** Those after a number. */
  public synchronized Part after(long number) {
    return new Part(last, entries.stream().filter(entry -> entry.number() > number).toList());
  }
}
