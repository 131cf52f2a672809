package org.penstock.driver.template.device;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.template.codec.ToyFrame;
import org.penstock.driver.template.link.ToyLink;

/**
 * The device at the other end: it invents values. A real driver has none of this; its simulator lives
 * among the tests. Called by one link's thread only.
 */
public final class ToyDevice implements ToyLink.Peer {

  private final String version;
  private final LongSupplier clockMillis;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Map<String, Double> walks = new HashMap<>();
  private final Map<String, Long> counters = new HashMap<>();
  private final Map<String, String> setpoints = new HashMap<>();

  /**
   * A device that has just been switched on.
   *
   * @param version what it answers to {@code version}
   */
  public ToyDevice(String version, LongSupplier clockMillis) {
    this.version = version;
    this.clockMillis = clockMillis;
  }

  @Override
  public void request(byte[] frame, Consumer<byte[]> answer) {
    answer.accept(answer(frame).encode());
  }

  private ToyFrame answer(byte[] frame) {
    try {
      ToyFrame request = ToyFrame.decode(frame);
      return request.kind() == ToyFrame.Kind.WRITE
          ? write(request.text())
          : read(request.text().split("/"));
    } catch (DriverException damaged) {
      return refusal(damaged.getMessage());
    }
  }

  private ToyFrame read(String[] address) {
    String name = address.length > 1 ? address[1] : "";
    return switch (address[0]) {
      case "sine" -> value(sine(Long.parseLong(name), Double.parseDouble(address[2])));
      case "counter" -> value(counters.merge(name, 1L, Long::sum));
      case "walk" -> value(walks.merge(name, step(), Double::sum));
      case "setpoint" -> value(setpoints.getOrDefault(name, "0"));
      case "version" -> value(version);
      default -> refusal("no such value: " + String.join("/", address));
    };
  }

  private ToyFrame write(String text) {
    int equals = text.indexOf('=');
    String address = text.substring(0, equals);
    if (!address.startsWith("setpoint/")) {
      return refusal(address + " cannot be written");
    }
    setpoints.put(address.substring(address.indexOf('/') + 1), text.substring(equals + 1));
    return value(text.substring(equals + 1));
  }

  private double sine(long periodMillis, double amplitude) {
    double turn = (double) (clockMillis.getAsLong() % periodMillis) / periodMillis;
    return amplitude * Math.sin(2 * Math.PI * turn);
  }

  private double step() {
    return random.nextDouble() - 0.5;
  }

  private static ToyFrame value(Object value) {
    return new ToyFrame(ToyFrame.Kind.ANSWER, value.toString());
  }

  private static ToyFrame refusal(String why) {
    return new ToyFrame(ToyFrame.Kind.REFUSAL, why);
  }
}
