package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.channel.ScaleOffsetType;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;

/** What a poll makes of its answer, and what of it is made anew each time. */
class PollCostTest {

  private static final int CHANNELS = 10_000;
  private static final int POLLS = 20;
  private static final ChannelStatus SUCCESS = new ChannelStatus(ChannelFlag.SUCCESS);

  private final List<Map<String, ChannelState>> told = new ArrayList<>();
  private final ChannelBook book = new ChannelBook(told::add);
  private final AssetHealth health = new AssetHealth("a");

  private static ReadPlan plan(int channels) {
    Map<String, Channel> all = new HashMap<>();
    for (int i = 0; i < channels; i++) {
      Channel channel = channel("c" + i);
      all.put(channel.getName(), channel);
    }
    return ReadPlan.ofReadable(all);
  }

  private static Channel channel(String name) {
    Channel channel =
        new Channel(
            name,
            ChannelType.READ,
            DataType.INTEGER,
            ScaleOffsetType.DEFINED_BY_VALUE_TYPE,
            1.0,
            0.0,
            Map.of());
    channel.setUnit("bar");
    return channel;
  }

  private static RecordComposer composer() {
    return new RecordComposer(
        "a",
        WireAssetOptions.parse(Map.of("timestamp.mode", "PER_CHANNEL", "emit.errors", true)),
        () -> 9);
  }

  private static void answer(ChannelRecord record, int value, long time) {
    record.setValue(TypedValues.newIntegerValue(value));
    record.setChannelStatus(SUCCESS);
    record.setTimestamp(time);
  }

  /** As {@link AssetPoller} does at the end of a read. */
  private Map<String, TypedValue<?>> poll(
      ReadPlan plan, RecordComposer composer, List<ChannelRecord> answer) {
    List<ChannelRecord> read = plan.finishValues(answer);
    health.pollAchieved(read);
    book.note(read);
    return composer.compose(read).orElseThrow().getProperties();
  }

  /**
   * If deleted: maps and texts could be made anew for each value again, and an asset of 50,000
   * channels would cost several times as much for each value as one of 1,000, most of it for memory.
   */
  @Test
  void aPollMakesLittleMoreThanTheValuesAnew() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ReadPlan plan = plan(CHANNELS);
    RecordComposer composer = composer();
    List<ChannelRecord> answer = plan.newRecords();
    answer.forEach(record -> answer(record, 1, 1));
    poll(plan, composer, answer);
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < POLLS; i++) {
      long time = 2 + i;
      answer.forEach(record -> record.setTimestamp(time));
      poll(plan, composer, answer);
      told.clear();
    }
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / POLLS / CHANNELS;
    // the copy of the record 48, its state 48, places in lists and arrays 24; it was 617
    assertTrue(each < 200, each + " bytes for each value");
  }

  /** If deleted: keys that are kept from poll to poll could outlive what they were made for. */
  @Test
  void eachPollShowsWhatWasReadInItWhateverWasReadBefore() {
    ReadPlan plan = plan(50);
    RecordComposer composer = composer();
    List<Map<String, TypedValue<?>>> shown = new ArrayList<>();
    List<Map<String, Object>> expected = new ArrayList<>();
    for (int poll = 0; poll < 60; poll++) {
      List<ChannelRecord> answer = plan.newRecords();
      if (poll % 4 == 3) {
        Collections.shuffle(answer, new java.util.Random(poll));
      }
      Map<String, Object> wanted = new TreeMap<>(Map.of("assetName", "a"));
      for (ChannelRecord record : answer) {
        int number = Integer.parseInt(record.getChannelName().substring(1));
        boolean fails = poll % 3 == 1 && number % 7 == 0;
        answer(record, 100 * poll + number, poll * 10L + number % 3);
        if (fails) {
          record.setChannelStatus(ReadPlan.failure("no"));
        }
        Map<String, Object> unit =
            fails ? Map.of() : Map.of(record.getChannelName() + "_unit", "bar");
        wanted.putAll(unit);
        if (!fails) {
          wanted.put(record.getChannelName(), 100 * poll + number);
        }
        wanted.put(record.getChannelName() + "_timestamp", record.getTimestamp());
        wanted.put(record.getChannelName() + "_error", fails ? "no" : "");
      }
      if (poll % 5 == 2) { // between two polls a channel reports by itself
        composer.compose(List.of(answer.get(7)));
        book.note(List.of(answer.get(7)));
      }
      shown.add(poll(plan, composer, answer));
      expected.add(wanted);
    }
    for (int poll = 0; poll < shown.size(); poll++) { // all at the end: none may change afterwards
      Map<String, Object> plain = new TreeMap<>();
      shown.get(poll).forEach((key, value) -> plain.put(key, value.getValue()));
      assertEquals(expected.get(poll), plain, "poll " + poll);
    }
  }

  /** If deleted: of two channels whose keys meet, both could go out under one key. */
  @Test
  void keysThatMeetAreOneEntryWithTheLaterValue() {
    Channel level = channel("level");
    Channel other = channel("level_timestamp");
    ReadPlan plan = ReadPlan.of(Map.of("level", level, "level_timestamp", other));
    RecordComposer composer = composer();
    for (int poll = 0; poll < 3; poll++) {
      List<ChannelRecord> answer = plan.newRecords();
      answer(answer.get(0), 7, poll);
      answer(answer.get(1), 8, poll);
      Map<String, TypedValue<?>> shown = poll(plan, composer, answer);
      assertEquals(
          List.of(
              "assetName",
              "level",
              "level_unit",
              "level_timestamp",
              "level_error",
              "level_timestamp_unit",
              "level_timestamp_timestamp",
              "level_timestamp_error"),
          List.copyOf(shown.keySet()));
      assertEquals(8, shown.get("level_timestamp").getValue());
    }
  }

  /** If deleted: a channel that was taken away and came back could stay as it was for ever. */
  @Test
  void aChannelThatComesBackIsKnownAnew() {
    ReadPlan plan = plan(2);
    RecordComposer composer = composer();
    List<ChannelRecord> answer = plan.newRecords();
    answer.forEach(record -> answer(record, 1, 1));
    poll(plan, composer, answer);
    book.retain(Set.of("c0"));
    assertEquals(Set.of("c0"), book.states().keySet());
    book.retain(Set.of("c0", "c1"));
    answer.forEach(record -> answer(record, 2, 2));
    poll(plan, composer, answer);
    assertEquals(Optional.of(TypedValues.newIntegerValue(2)), book.lastGood("c1"));
    book.unread(Set.of("c1"), "gone");
    assertEquals(Quality.bad("gone"), book.states().get("c1").quality());
    assertEquals(Optional.of(TypedValues.newIntegerValue(2)), book.lastGood("c1"));
    assertEquals(List.of(2, 2, 1), told.stream().map(Map::size).toList());
    assertEquals( // as it was told, not as it is now
        Optional.of(TypedValues.newIntegerValue(1)), told.get(0).get("c1").lastGood());
  }

  /** If deleted: a driver that gives one record twice could end a poll with an error. */
  @Test
  void aRecordThatIsGivenTwiceIsToldOnce() {
    ReadPlan plan = plan(2);
    List<ChannelRecord> answer = new ArrayList<>(plan.newRecords());
    answer.add(answer.get(1));
    answer.forEach(record -> answer(record, 3, 3));
    assertEquals(3, poll(plan, composer(), answer).get("c1").getValue());
    assertEquals(Set.of("c0", "c1"), told.get(0).keySet());
  }
}
