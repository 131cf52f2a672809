package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireRecord;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Keys and values of every combination of timestamp mode and emit options. If deleted: a consumer on
 * the other side of the broker could find keys missing or unexpected.
 */
class GoldenRecordsTest {

  private static final String ERROR = "no answer java.lang.IllegalStateException: x";

  @TestFactory
  List<DynamicTest> everyModeEmitsExactlyItsKeys() throws IOException {
    try (InputStream file = getClass().getResourceAsStream("/golden-records.tsv")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t"))
          .map(row -> DynamicTest.dynamicTest(row[0] + " " + row[1], () -> check(row)))
          .toList();
    }
  }

  private static void check(String[] row) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("timestamp.mode", row[0]);
    properties.put("emit.errors", row[1].contains("errors"));
    properties.put("emit.connection.errors", row[1].contains("connection"));
    properties.put("emit.on.change", row[1].contains("change"));
    properties.put("emit.empty.envelopes", row[1].contains("empty"));
    properties.put("emit.quality", row[1].contains("quality"));
    RecordComposer composer =
        new RecordComposer("a", WireAssetOptions.parse(properties), () -> 9_000);
    List<String> emitted = new ArrayList<>(List.of(row[0], row[1]));
    for (int time = 100; time <= 130; time += 10) {
      emitted.add(text(composer.compose(List.of(good(time), bad(time + 100, time >= 120)))));
    }
    emitted.add(text(composer.composeFailure(new ConnectionException("dead"))));
    assertEquals(String.join("\n", row), String.join("\n", emitted));
  }

  private static ChannelRecord good(long time) {
    return value("good", 7, "bar", time);
  }

  private static ChannelRecord bad(long time, boolean mended) {
    if (mended) {
      return value("bad", 3, " ", time);
    }
    ChannelRecord record = ChannelRecord.createReadRecord("bad", DataType.INTEGER, "bar");
    record.setChannelStatus(
        new ChannelStatus(ChannelFlag.FAILURE, "no answer", new IllegalStateException("x")));
    record.setTimestamp(time);
    return record;
  }

  private static ChannelRecord value(String name, int value, String unit, long time) {
    ChannelRecord record = ChannelRecord.createReadRecord(name, DataType.INTEGER, unit);
    record.setValue(TypedValues.newIntegerValue(value));
    record.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
    record.setTimestamp(time);
    return record;
  }

  private static String text(Optional<WireRecord> record) {
    if (record.isEmpty()) {
      return "-";
    }
    List<String> entries = new ArrayList<>();
    new TreeMap<>(record.get().getProperties())
        .forEach((key, value) -> entries.add(key + "=" + value.getValue()));
    return String.join(" ", entries).replace(ERROR, "E");
  }
}
