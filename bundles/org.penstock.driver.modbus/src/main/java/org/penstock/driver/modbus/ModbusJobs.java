package org.penstock.driver.modbus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.DataType;
import org.penstock.api.driver.DriverException;
import org.penstock.api.job.JobException;
import org.penstock.api.job.JobKind;
import org.penstock.api.job.Progress;
import org.penstock.api.job.Work;
import org.penstock.driver.modbus.codec.FrameText;
import org.penstock.driver.modbus.codec.ModbusError;
import org.penstock.driver.modbus.codec.Request;
import org.penstock.driver.modbus.codec.Table;

/** What people can have done on a link: find units and registers, identify, try a channel, listen in. */
final class ModbusJobs {

  private static final String PERMISSION = "rest.configuration";
  private static final int GRACE_MS = 30_000;

  private ModbusJobs() {}

  private record Kind(
      String name, String description, String permission, Function<Map<String, String>, Work> make)
      implements JobKind {

    @Override
    public Work work(Map<String, String> arguments) {
      return make.apply(arguments);
    }
  }

  /** The kinds of job, for these driver instances by pid. */
  static List<JobKind> kinds(Map<String, ModbusSession> sessions) {
    return List.of(
        kind(
            "modbus.scan",
            "finds units: driver, units=1-247, timeout.ms=300",
            a -> scan(session(sessions, a), range(a, "units", "1-247", 255), timeout(a))),
        kind(
            "modbus.ranges",
            "finds addresses that can be read: driver, unit=1, table=HOLDING_REGISTERS,"
                + " addresses=0-65535, timeout.ms=300",
            a ->
                ranges(
                    session(sessions, a),
                    new Place(number(a, "unit", 1, 0, 255), table(a)),
                    range(a, "addresses", "0-65535", 0xffff),
                    timeout(a))),
        kind(
            "modbus.identify",
            "asks a unit what it is, by functions 43/14 and 17: driver, unit=1, timeout.ms=300",
            a -> identify(session(sessions, a), number(a, "unit", 1, 0, 255), timeout(a))),
        kind(
            "modbus.read",
            "reads a channel that need not exist: driver, value.type=INTEGER, and the channel's"
                + " properties",
            a -> read(session(sessions, a), a)),
        kind(
            "modbus.frames",
            "listens in and decodes: driver, seconds=10",
            a -> frames(session(sessions, a), number(a, "seconds", 10, 1, 600))));
  }

  private static JobKind kind(
      String name, String description, Function<Map<String, String>, Work> make) {
    return new Kind(name, description, PERMISSION, make);
  }

  private static ModbusSession session(
      Map<String, ModbusSession> sessions, Map<String, String> arguments) {
    ModbusSession session = sessions.get(arguments.getOrDefault("driver", ""));
    if (session == null) {
      throw new IllegalArgumentException("driver must be one of " + sessions.keySet());
    }
    return session;
  }

  private static int number(
      Map<String, String> arguments, String key, int otherwise, int min, int max) {
    String text = arguments.getOrDefault(key, Integer.toString(otherwise));
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
      throw new IllegalArgumentException(key + " is " + text + ", must be " + min + " to " + max);
    }
    return Integer.parseInt(text);
  }

  private static Duration timeout(Map<String, String> arguments) {
    return Duration.ofMillis(number(arguments, "timeout.ms", 300, 10, 10_000));
  }

  private static Table table(Map<String, String> arguments) {
    Table table = Table.valueOf(arguments.getOrDefault("table", "HOLDING_REGISTERS"));
    if (!table.merges()) {
      throw new IllegalArgumentException("table must be one of the four");
    }
    return table;
  }

  private record Range(int from, int to) {}

  private static Range range(Map<String, String> arguments, String key, String otherwise, int max) {
    String text = arguments.getOrDefault(key, otherwise);
    if (text.matches("\\d{1,5}-\\d{1,5}")) {
      int dash = text.indexOf('-');
      int from = Integer.parseInt(text.substring(0, dash));
      int to = Integer.parseInt(text.substring(dash + 1));
      if (from <= to && to <= max) {
        return new Range(from, to);
      }
    }
    throw new IllegalArgumentException(key + " is " + text + ", must be from-to up to " + max);
  }

  /** The answer, or empty when there is none. */
  private static Optional<byte[]> ask(
      ModbusSession session, int unit, Request request, Duration limit)
      throws InterruptedException, JobException {
    CompletableFuture<byte[]> answer = session.ask(unit, request, limit);
    try {
      return Optional.of(answer.get(GRACE_MS + limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException none) {
      if (!session.link().state().online()) {
        throw new JobException(none.getCause().getMessage(), none.getCause());
      }
      return Optional.empty();
    } catch (TimeoutException busy) {
      throw new JobException("the link is too busy; stop polling or try again", busy);
    }
  }

  private static Work scan(ModbusSession session, Range units, Duration limit) {
    return progress -> {
      List<Object> found = new ArrayList<>();
      int all = units.to() - units.from() + 1;
      for (int unit = units.from(); unit <= units.to() && !progress.cancelled(); unit++) {
        progress.report(
            100 * (unit - units.from()) / all, "unit " + unit + ", found " + found.size());
        long begin = System.nanoTime();
        Optional<byte[]> answer =
            ask(session, unit, Request.read(Table.HOLDING_REGISTERS, 0, 1), limit);
        if (answer.isPresent() && present(answer.get())) {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("unit", unit);
          one.put("ms", (System.nanoTime() - begin) / 1_000_000);
          one.put("answer", words(answer.get()));
          found.add(one);
        }
      }
      return JobText.json(Map.of("units", found));
    };
  }

  private static boolean present(byte[] pdu) {
    return pdu[0] >= 0 || ModbusError.of(pdu[1]).filter(ModbusError::isAbsence).isEmpty();
  }

  private static String words(byte[] pdu) {
    return pdu[0] >= 0 ? "values" : ModbusError.describe(pdu[1], pdu[0] & 0x7f);
  }

  private static Work ranges(ModbusSession session, Place place, Range all, Duration limit) {
    return progress -> {
      List<int[]> readable = new ArrayList<>();
      int step = place.table().longestRead();
      for (int at = all.from(); at <= all.to() && !progress.cancelled(); at += step) {
        progress.report(
            100 * (at - all.from()) / (all.to() - all.from() + 1),
            "address " + at + ", ranges " + readable.size());
        explore(session, place, at, Math.min(step, all.to() - at + 1), limit, readable);
      }
      List<Object> found = new ArrayList<>();
      readable.forEach(one -> found.add(Map.of("from", one[0], "to", one[1])));
      return JobText.json(Map.of("ranges", found));
    };
  }

  /** Halves what is refused until it is readable or one address. */
  private static void explore(
      ModbusSession session, Place place, int from, int count, Duration limit, List<int[]> readable)
      throws InterruptedException, JobException {
    Optional<byte[]> answer =
        ask(session, place.unit(), Request.read(place.table(), from, count), limit);
    if (answer.isPresent() && answer.get()[0] >= 0) {
      int[] last = readable.isEmpty() ? null : readable.get(readable.size() - 1);
      if (last != null && last[1] + 1 == from) {
        last[1] = from + count - 1;
      } else {
        readable.add(new int[] {from, from + count - 1});
      }
    } else if (answer.isEmpty()) {
      throw new JobException("unit " + place.unit() + " does not answer; check the unit id", null);
    } else if (count > 1) {
      explore(session, place, from, count / 2, limit, readable);
      explore(session, place, from + count / 2, count - count / 2, limit, readable);
    }
  }

  private static Work identify(ModbusSession session, int unit, Duration limit) {
    return progress -> {
      Map<String, Object> found = new LinkedHashMap<>();
      progress.report(0, "function 43/14");
      found.put("objects", objects(session, unit, limit));
      progress.report(50, "function 17");
      Optional<byte[]> id = ask(session, unit, Request.readServerId(), limit);
      if (id.isPresent() && id.get()[0] >= 0) {
        byte[] data = java.util.Arrays.copyOfRange(id.get(), 2, id.get().length);
        found.put("server.id", java.util.HexFormat.of().formatHex(data));
      }
      return JobText.json(found);
    };
  }

  private static Map<String, Object> objects(ModbusSession session, int unit, Duration limit)
      throws InterruptedException, JobException {
    Map<String, Object> objects = new LinkedHashMap<>();
    for (int code = 1; code <= 2; code++) {
      int next = code == 1 ? 0 : 3;
      for (int pages = 0; next >= 0 && pages < 10; pages++) {
        Optional<byte[]> answer = ask(session, unit, Request.identify(code, next), limit);
        boolean good = answer.isPresent() && answer.get()[0] >= 0;
        next = good ? collect(answer.get(), objects) : -1;
      }
    }
    return objects;
  }

  /** Gives the object with which to go on, or -1. */
  private static int collect(byte[] pdu, Map<String, Object> objects) {
    int at = 7;
    for (int left = pdu[6] & 0xff; left > 0; left--) {
      int length = pdu[at + 1] & 0xff;
      String text = new String(pdu, at + 2, length, java.nio.charset.StandardCharsets.ISO_8859_1);
      objects.put(Integer.toString(pdu[at] & 0xff), text);
      at += 2 + length;
    }
    return pdu[4] == 0 ? -1 : pdu[5] & 0xff;
  }

  private static Work read(ModbusSession session, Map<String, String> arguments) {
    DataType type = DataType.valueOf(arguments.getOrDefault("value.type", "INTEGER"));
    ChannelRecord record = ChannelRecord.createReadRecord("test", type);
    Map<String, Object> config = new LinkedHashMap<>(arguments);
    config.put("+name", "test");
    config.put("+value.type", type.name());
    record.setChannelConfig(config);
    try {
      ModbusChannel.of(record, session.settings().notation());
    } catch (DriverException wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
    return progress -> {
      Map<String, Object> found = new LinkedHashMap<>();
      try {
        session.readOnce(List.of(record)).get(GRACE_MS, TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException failed) {
        throw new JobException(String.valueOf(failed.getMessage()), failed);
      }
      if (record.getChannelStatus().getChannelFlag() == ChannelFlag.SUCCESS) {
        Object value = record.getValue().getValue();
        boolean bytes = value instanceof byte[];
        found.put("value", bytes ? java.util.HexFormat.of().formatHex((byte[]) value) : value);
      } else {
        found.put("error", record.getChannelStatus().getExceptionMessage());
      }
      return JobText.json(found);
    };
  }

  private static Work frames(ModbusSession session, int seconds) {
    return progress -> {
      session.link().keepFrames(1_000);
      try {
        for (int i = 0; i < seconds && !progress.cancelled(); i++) {
          progress.report(100 * i / seconds, session.link().frames().size() + " frames");
          pause(progress);
        }
        List<Object> found = new ArrayList<>();
        session.link().frames().forEach(frame -> found.add(frame(session, frame)));
        return JobText.json(Map.of("frames", found));
      } finally {
        session.link().keepFrames(session.settings().frameLog());
      }
    };
  }

  private static void pause(Progress progress) throws InterruptedException {
    long end = System.nanoTime() + 1_000_000_000L;
    while (System.nanoTime() < end && !progress.cancelled()) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static Map<String, Object> frame(
      ModbusSession session, org.penstock.driver.kit.FrameTrace.Frame frame) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("at", frame.at().toString());
    one.put("sent", frame.sent());
    one.put("hex", frame.hex());
    byte[] bytes = java.util.HexFormat.of().parseHex(frame.hex());
    one.put("text", FrameText.describe(session.link().framing(), bytes, frame.sent()));
    return one;
  }
}
