package org.penstock.driver.lorawan;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.driver.kit.Values;
import org.penstock.driver.lorawan.server.DeviceView;
import org.penstock.driver.lorawan.server.Downlink;
import org.penstock.driver.lorawan.server.Heard;
import org.penstock.driver.lorawan.server.Uplink;

/** What one device has said last. One thread changes it, any may read. */
final class DeviceValues {

  /** A value, and when its device sent it, epoch milliseconds. */
  record Known(Object value, long millis) {}

  private final Map<String, Known> fields = new ConcurrentHashMap<>();
  private final AtomicReference<Uplink> last = new AtomicReference<>();
  private final AtomicReference<String> problem = new AtomicReference<>("");
  private final AtomicReference<Downlink> written = new AtomicReference<>();

  void decoded(Uplink uplink, Map<String, Object> values) {
    last.set(uplink);
    problem.set("");
    values.forEach((name, value) -> fields.put(name, new Known(value, uplink.millis())));
  }

  void undecodable(Uplink uplink, String why) {
    last.set(uplink);
    problem.set(why);
  }

  /** All fields as text, by name. */
  Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    fields.forEach((name, known) -> all.put(name, String.valueOf(known.value())));
    return all;
  }

  /** What became of the last write; null when there was none. */
  String lastDownlink() {
    Downlink downlink = written.get();
    return downlink == null ? null : downlink.status().toString();
  }

  void wrote(Downlink downlink) {
    written.set(downlink);
  }

  /**
   * A field's value.
   *
   * @param view what the server knows, for metadata
   * @throws DriverException why there is none
   */
  Known of(LorawanChannel channel, Optional<DeviceView> view) throws DriverException {
    String field = channel.field();
    if (view.isEmpty()) {
      throw fault(ErrorKind.CONFIGURATION, channel, "is not among the driver's devices");
    }
    if (!field.startsWith("@")) {
      if (!problem.get().isEmpty()) {
        throw fault(ErrorKind.RETRIABLE, channel, "sent what can't be decoded: " + problem.get());
      }
      Known known = fields.get(field);
      if (known == null) {
        throw fault(ErrorKind.RETRIABLE, channel, "has not sent " + field + " yet");
      }
      return known;
    }
    long now = System.currentTimeMillis();
    switch (field) {
      case "@joined":
        return new Known(view.get().joined(), now);
      case "@battery":
        return new Known(view.get().battery(), now);
      case "@margin":
        return new Known(view.get().margin(), now);
      case "@downlink":
        String downlink = lastDownlink();
        return new Known(downlink == null ? "none" : downlink, now);
      default:
        Uplink uplink = last.get();
        if (uplink == null) {
          throw fault(ErrorKind.RETRIABLE, channel, "has sent nothing since the driver started");
        }
        return new Known(metadata(channel, uplink), uplink.millis());
    }
  }

  private static Object metadata(LorawanChannel channel, Uplink uplink) throws DriverException {
    Heard best = uplink.heard().get(0);
    return switch (channel.field()) {
      case "@payload" -> uplink.bytes();
      case "@rssi" -> best.reception().rssi();
      case "@snr" -> best.reception().snr();
      case "@dr" -> uplink.rate();
      case "@gateway" -> best.gateway().toString();
      case "@gateways" -> uplink.heard().size();
      case "@fcnt" -> uplink.counter();
      case "@fport" -> uplink.port();
      default ->
          throw fault(ErrorKind.CONFIGURATION, channel, "has no metadata " + channel.field());
    };
  }

  private static DriverException fault(ErrorKind kind, LorawanChannel channel, String problem) {
    return new DriverException(
        kind, "channel " + channel.name(), "device " + channel.device() + ' ' + problem);
  }

  /**
   * A value as the type that a channel asks for.
   *
   * @throws IllegalArgumentException when the type can't hold it
   */
  static TypedValue<?> typed(Object value, DataType type) {
    if (value instanceof byte[] bytes) {
      return switch (type) {
        case BYTE_ARRAY -> TypedValues.newByteArrayValue(bytes);
        case STRING -> TypedValues.newStringValue(HexFormat.of().formatHex(bytes));
        default -> throw new IllegalArgumentException("bytes cannot be given as " + type);
      };
    }
    if (value instanceof Boolean flag) {
      return Values.typed(flag, type);
    }
    if (value instanceof Number number) {
      return Values.typed(number, type);
    }
    return type == DataType.STRING
        ? TypedValues.newStringValue(value.toString())
        : Values.typed(Values.number(TypedValues.newStringValue(value.toString())), type);
  }
}
