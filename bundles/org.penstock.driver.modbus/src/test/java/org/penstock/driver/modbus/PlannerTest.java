package org.penstock.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.PreparedRead;
import org.eclipse.kura.type.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.driver.modbus.codec.Table;

/** How channels become requests. */
@Timeout(30)
class PlannerTest {

  private static List<ChannelRecord> scattered(int count, int step) {
    List<ChannelRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(Channels.holding("c" + i, DataType.INTEGER, i * step, "UINT16"));
    }
    return records;
  }

  private static long bad(List<ChannelRecord> records) {
    return records.stream().filter(record -> !Plant.good(record)).count();
  }

  private static long requestsOf(Plant plant, PreparedRead prepared) throws Exception {
    long before = plant.simulator.requests();
    prepared.execute();
    return plant.simulator.requests() - before;
  }

  /** If deleted: polling could cost many times the requests that it needs. */
  @Test
  void fiveHundredScatteredTagsInTheLeastNumberOfRequests() throws Exception {
    try (Plant plant = new Plant()) {
      plant.simulator.unit(1).holdingRegisters().compute(address -> address);
      PreparedRead prepared = plant.driver(Map.of()).prepareRead(scattered(500, 4));
      assertEquals(16, requestsOf(plant, prepared), "the span is 1997 registers");
      for (ChannelRecord record : prepared.getChannelRecords()) {
        int address = 4 * Integer.parseInt(record.getChannelName().substring(1));
        assertEquals(address, record.getValue().getValue());
      }
    }
  }

  /** If deleted: one wrong address in a list of a thousand could take a hundred others with it. */
  @Test
  void oneMissingRegisterCostsThatTagAloneAndIsNotAskedForAgain() throws Exception {
    try (Plant plant = new Plant()) {
      plant.simulator.unit(1).holdingRegisters().missing(500, 500);
      PreparedRead prepared = plant.driver(Map.of()).prepareRead(scattered(1000, 1));
      requestsOf(plant, prepared);
      assertEquals(1, bad(prepared.getChannelRecords()));
      assertFalse(Plant.good(prepared.getChannelRecords().get(500)));
      DriverException reason =
          (DriverException) prepared.getChannelRecords().get(500).getChannelStatus().getException();
      assertEquals(ErrorKind.REFUSED, reason.kind());
      assertEquals("unit 1 HOLDING_REGISTERS 500", reason.place());
      assertEquals(8, requestsOf(plant, prepared), "four on each side of the hole");
      assertEquals(1, bad(prepared.getChannelRecords()));
    }
  }

  /** If deleted: an address that comes with a new firmware could stay lost until a restart. */
  @Test
  void aRefusedAddressComesBack() throws Exception {
    try (Plant plant = new Plant()) {
      plant.simulator.unit(1).holdingRegisters().missing(7, 7);
      ModbusDriver driver = plant.driver(Map.of());
      PreparedRead prepared = driver.prepareRead(scattered(20, 1));
      requestsOf(plant, prepared);
      requestsOf(plant, prepared);
      plant.simulator.unit(1).holdingRegisters().existing(7, 7);
      driver.read(scattered(20, 1)); // a single read asks for everything
      assertEquals(1, requestsOf(plant, prepared));
      assertEquals(0, bad(prepared.getChannelRecords()));
    }
  }

  /** If deleted: re-probing could flood the device, or never happen. */
  @Test
  void refusedAddressesAreProbedAfterHalfAMinuteThenLessAndLess() {
    AtomicLong now = new AtomicLong();
    Lessons lessons = new Lessons(now::get, unit -> 64);
    Place place = new Place(1, Table.HOLDING_REGISTERS);
    DriverException reason = new DriverException(ErrorKind.REFUSED, "", "no");
    lessons.refused(place, 7, 1, reason);
    now.addAndGet(Duration.ofSeconds(29).toNanos());
    assertFalse(lessons.probeDue(place, 7));
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertTrue(lessons.probeDue(place, 7));
    lessons.refused(place, 7, 1, reason);
    now.addAndGet(Duration.ofSeconds(59).toNanos());
    assertFalse(lessons.probeDue(place, 7));
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertTrue(lessons.probeDue(place, 7));
  }

  /** If deleted: a hole between two channels could make both unreadable, or be asked for each time. */
  @Test
  void holesBetweenChannelsAreLearned() throws Exception {
    try (Plant plant = new Plant()) {
      plant.simulator.unit(1).holdingRegisters().missing(41, 43);
      PreparedRead prepared = plant.driver(Map.of()).prepareRead(scattered(30, 10));
      requestsOf(plant, prepared);
      assertEquals(0, bad(prepared.getChannelRecords()));
      long requests = requestsOf(plant, prepared);
      assertTrue(requests <= 4, requests + " requests");
      assertEquals(0, bad(prepared.getChannelRecords()));
    }
  }

  /** If deleted: a device that bears short requests only would give nothing. */
  @Test
  void theLongestRequestIsLearned() throws Exception {
    try (Plant plant = new Plant()) {
      plant.simulator.unit(1).longestRead(64);
      PreparedRead prepared = plant.driver(Map.of()).prepareRead(scattered(500, 1));
      requestsOf(plant, prepared);
      assertEquals(0, bad(prepared.getChannelRecords()));
      assertTrue(requestsOf(plant, prepared) <= 9);
      assertEquals(0, bad(prepared.getChannelRecords()));
    }
  }

  /** If deleted: registers whose mere reading has effects could be read along. */
  @Test
  void forbiddenAddressesAreNeverReadAlong() throws Exception {
    try (Plant plant = new Plant()) {
      List<int[]> read = new ArrayList<>();
      plant.simulator.unit(1);
      plant.simulator.onRead(
          (unit, function, address, count) -> read.add(new int[] {address, count}));
      PreparedRead prepared =
          plant
              .driver(Map.of("forbidden_ranges", "1/holding_registers/15-18"))
              .prepareRead(scattered(5, 10));
      prepared.execute();
      for (int[] range : read) {
        assertTrue(range[0] > 18 || range[0] + range[1] <= 15, "read " + range[0]);
      }
      assertEquals(2, read.size());
    }
  }

  /** If deleted: a typing error in a range would be silently ignored. */
  @Test
  void aWrongRangeIsNamed() throws Exception {
    try (Plant plant = new Plant()) {
      DriverException wrong =
          assertThrows(
              DriverException.class, () -> plant.driver(Map.of("forbidden_ranges", "HOLDING/1-2")));
      assertTrue(wrong.getMessage().contains("HOLDING/1-2"), wrong.getMessage());
    }
  }

  /** If deleted: a channel that must be read alone could be merged. */
  @Test
  void readAloneIsHeeded() throws Exception {
    try (Plant plant = new Plant()) {
      plant.simulator.unit(1);
      List<ChannelRecord> records = scattered(4, 1);
      Channels.with(records.get(2), ModbusChannel.ALONE, "true");
      assertEquals(2, requestsOf(plant, plant.driver(Map.of()).prepareRead(records)));
    }
  }
}
