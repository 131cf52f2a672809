package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Golden tables of the emitted keys and values. If deleted: a consumer on the other side of the
 * broker could find keys missing or unexpected.
 */
class RecordComposerTest {

  private static final long NOW = 9_000;
  private static final String GOOD = "assetName=a good=7 good_unit=bar";

  /** Two channels: good (7, bar, at 100) and bad (failed, at 200). */
  private static List<ChannelRecord> goodAndBad() {
    return List.of(
        good("good", 7, 100), failed("bad", "no answer", new IllegalStateException("x"), 200));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NO_TIMESTAMPS               | assetName=a good=7 good_unit=bar
          PER_CHANNEL                 | assetName=a bad_timestamp=200 good=7 good_timestamp=100 good_unit=bar
          SINGLE_ASSET_GENERATED      | assetName=a assetTimestamp=9000 good=7 good_unit=bar
          SINGLE_DRIVER_GENERATED_MAX | assetName=a assetTimestamp=200 good=7 good_unit=bar
          SINGLE_DRIVER_GENERATED_MIN | assetName=a assetTimestamp=100 good=7 good_unit=bar
          """)
  void keysOfEachTimestampMode(TimestampMode mode, String expected) {
    assertEquals(expected, text(composer(mode, "").compose(goodAndBad())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NO_TIMESTAMPS          | assetName=a bad_error=E good=7 good_error= good_unit=bar
          PER_CHANNEL            | assetName=a bad_error=E bad_timestamp=200 good=7 good_error= good_timestamp=100 good_unit=bar
          SINGLE_ASSET_GENERATED | assetName=a assetTimestamp=9000 bad_error=E good=7 good_error= good_unit=bar
          """)
  void emitErrorsAddsAnErrorToEachChannelEmptyOnSuccess(TimestampMode mode, String expected) {
    assertEquals(
        expected.replace("=E", "=no answer java.lang.IllegalStateException: x"),
        text(composer(mode, "errors").compose(goodAndBad())));
  }

  @Test
  void qualityIsEmittedOnlyWhenAskedFor() {
    assertEquals(
        "assetName=a bad_quality=BAD good=7 good_quality=GOOD good_unit=bar",
        text(composer(TimestampMode.NO_TIMESTAMPS, "quality").compose(goodAndBad())));
  }

  @Test
  void errorTextIsMessageAndExceptionOrWhicheverExistsOrNotSpecified() {
    Exception exception = new IllegalStateException("x");
    assertEquals("m " + exception, error("m", exception));
    assertEquals("m", error("m", null));
    assertEquals(exception.toString(), error(null, exception));
    assertEquals("ERROR NOT SPECIFIED", error(null, null));
  }

  private static String error(String message, Exception exception) {
    return RecordComposer.errorText(new ChannelStatus(ChannelFlag.FAILURE, message, exception));
  }

  @Test
  void unitIsEmittedOnlyWhenNotBlank() {
    ChannelRecord record = good("c", 1, 5);
    record.setUnit(" ");
    assertEquals(
        "assetName=a c=1",
        text(composer(TimestampMode.NO_TIMESTAMPS, "").compose(List.of(record))));
  }

  @Test
  void emitOnChangeLeavesOutWhatEqualsTheLastSuccessfulValue() {
    RecordComposer composer = composer(TimestampMode.NO_TIMESTAMPS, "change");
    assertEquals(GOOD, text(composer.compose(List.of(good("good", 7, 1)))));
    assertEquals("assetName=a", text(composer.compose(List.of(good("good", 7, 2)))));
    assertEquals(
        "assetName=a good=8 good_unit=bar", text(composer.compose(List.of(good("good", 8, 3)))));
  }

  @Test
  void failuresAlwaysPassAndClearTheCache() {
    RecordComposer composer = composer(TimestampMode.PER_CHANNEL, "change");
    composer.compose(List.of(good("good", 7, 1)));
    ChannelRecord failure = failed("good", "m", null, 2);
    assertEquals("assetName=a good_timestamp=2", text(composer.compose(List.of(failure))));
    assertEquals("assetName=a good_timestamp=2", text(composer.compose(List.of(failure))));
    assertEquals(
        "assetName=a good=7 good_timestamp=3 good_unit=bar",
        text(composer.compose(List.of(good("good", 7, 3)))));
  }

  @ParameterizedTest
  @CsvSource({
    "NO_TIMESTAMPS, assetName=a",
    "PER_CHANNEL, assetName=a",
    "SINGLE_ASSET_GENERATED, assetName=a assetTimestamp=9000",
    "SINGLE_DRIVER_GENERATED_MAX, assetName=a assetTimestamp=2"
  })
  void unchangedReadEmitsNameAndPerhapsTimestampWhenEmptyEnvelopesAreOn(
      TimestampMode mode, String expected) {
    RecordComposer composer = composer(mode, "change");
    composer.compose(List.of(good("good", 7, 1)));
    assertEquals(expected, text(composer.compose(List.of(good("good", 7, 2)))));
  }

  @Test
  void unchangedReadEmitsNothingWhenEmptyEnvelopesAreOff() {
    RecordComposer composer = composer(TimestampMode.PER_CHANNEL, "change noempty");
    composer.compose(List.of(good("good", 7, 1)));
    assertEquals("nothing", text(composer.compose(List.of(good("good", 7, 2)))));
  }

  @ParameterizedTest
  @CsvSource({
    "PER_CHANNEL, '', nothing",
    "PER_CHANNEL, errors, nothing",
    "PER_CHANNEL, connection, nothing",
    "PER_CHANNEL, errors connection, assetError=dead assetName=a assetTimestamp=9000",
    "SINGLE_DRIVER_GENERATED_MIN, errors connection, assetError=dead assetName=a assetTimestamp=9000",
    "NO_TIMESTAMPS, errors connection, assetError=dead assetName=a"
  })
  void generalFailureIsEmittedOnlyWithErrorsAndConnectionErrors(
      TimestampMode mode, String flags, String expected) {
    KuraException failure =
        new KuraException(KuraErrorCode.CONNECTION_FAILED, new ConnectionException("dead"));
    assertEquals(expected, text(composer(mode, flags).composeFailure(failure)));
  }

  @Test
  void assetErrorIsTheNestedConnectionErrorElseMessageElseClassName() {
    assertEquals(
        "inner",
        RecordComposer.describe(new RuntimeException("outer", new ConnectionException("inner"))));
    assertEquals("own", RecordComposer.describe(new IllegalStateException("own")));
    assertEquals("IllegalStateException", RecordComposer.describe(new IllegalStateException()));
  }

  private static RecordComposer composer(TimestampMode mode, String flags) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("timestamp.mode", mode.name());
    properties.put("emit.quality", flags.contains("quality"));
    properties.put("emit.errors", flags.contains("errors"));
    properties.put("emit.connection.errors", flags.contains("connection"));
    properties.put("emit.on.change", flags.contains("change"));
    properties.put("emit.empty.envelopes", !flags.contains("noempty"));
    return new RecordComposer("a", WireAssetOptions.parse(properties), () -> NOW);
  }

  private static ChannelRecord good(String name, int value, long time) {
    ChannelRecord record =
        ChannelRecord.createReadRecord(name, org.eclipse.kura.type.DataType.INTEGER, "bar");
    record.setValue(TypedValues.newIntegerValue(value));
    record.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
    record.setTimestamp(time);
    return record;
  }

  private static ChannelRecord failed(String name, String message, Exception exception, long time) {
    ChannelRecord record =
        ChannelRecord.createReadRecord(name, org.eclipse.kura.type.DataType.INTEGER, "bar");
    record.setChannelStatus(new ChannelStatus(ChannelFlag.FAILURE, message, exception));
    record.setTimestamp(time);
    return record;
  }

  private static String text(Optional<WireRecord> record) {
    if (record.isEmpty()) {
      return "nothing";
    }
    List<String> entries = new ArrayList<>();
    new TreeMap<>(record.get().getProperties())
        .forEach((key, value) -> entries.add(key + "=" + value.getValue()));
    return String.join(" ", entries);
  }
}
