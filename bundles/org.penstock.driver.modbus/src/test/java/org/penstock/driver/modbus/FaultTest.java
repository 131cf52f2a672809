package org.penstock.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.penstock.driver.modbus.simulator.Behaviour;

/** Devices and networks that do not behave. */
@Timeout(120)
class FaultTest {

  private static final int TIMEOUT_MS = 200;
  private static final int READS = 150;

  private static void read(ModbusPreparedRead prepared) {
    try {
      prepared.execute();
    } catch (ConnectionException wholly) {
      prepared
          .getChannelRecords()
          .forEach(
              record ->
                  record.setChannelStatus(
                      new org.eclipse.kura.channel.ChannelStatus(
                          org.eclipse.kura.channel.ChannelFlag.FAILURE, "", wholly)));
    }
  }

  /**
   * One in twenty answers is spoilt. If deleted: a foreign value could reach the cloud, one bad answer
   * could swallow those after it or lose its read, or the driver could stay stuck behind it.
   */
  @ParameterizedTest
  @EnumSource(Behaviour.Kind.class)
  void noWrongValueNoLongCallAndASpoiltAnswerIsAskedForAgain(Behaviour.Kind kind) throws Exception {
    try (Plant plant = new Plant()) {
      Pairs.serve(plant.simulator.unit(1).holdingRegisters());
      plant.simulator.script(Behaviour.every(20, Behaviour.of(kind)));
      ModbusPreparedRead prepared =
          plant.driver(Map.of("timeout_ms", TIMEOUT_MS)).prepareRead(Pairs.records(50));
      long first = plant.simulator.requests();
      int lost = 0;
      for (int i = 0; i < READS; ) {
        long before = plant.simulator.requests();
        long begin = System.nanoTime();
        read(prepared);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertTrue(millis < 5 * (TIMEOUT_MS + 100), kind + " took " + millis + " ms");
        boolean asked = plant.simulator.requests() > before;
        i += asked ? 1 : 0;
        lost += asked && Pairs.good(prepared.getChannelRecords()) < 50 ? 1 : 0;
      }
      long spoilt = (plant.simulator.requests() - first) / 20;
      // all others are asked again within their time; half of them bears a machine that stands
      // still
      long bearable = kind == Behaviour.Kind.EXCEPTION ? spoilt : spoilt / 2;
      assertTrue(
          lost <= bearable, kind + ": " + spoilt + " spoilt answers cost " + lost + " reads");
      plant.simulator.script(Behaviour.always(Behaviour.NORMAL));
      long end = System.nanoTime() + 5_000_000_000L; // useless connections are followed by a pause
      do {
        read(prepared);
      } while (Pairs.good(prepared.getChannelRecords()) < 50 && System.nanoTime() < end);
      assertEquals(50, Pairs.good(prepared.getChannelRecords()), "after " + kind);
    }
  }

  /** If deleted: an answer that comes after its time could be taken for the next one's. */
  @Test
  void lateAnswersAreDropped() throws Exception {
    try (Plant plant = new Plant()) {
      Pairs.serve(plant.simulator.unit(1).holdingRegisters());
      Behaviour late = Behaviour.delayed(Duration.ofMillis(3L * TIMEOUT_MS / 2));
      plant.simulator.script(Behaviour.every(20, late));
      ModbusPreparedRead prepared =
          plant.driver(Map.of("timeout_ms", TIMEOUT_MS)).prepareRead(Pairs.records(50));
      int good = 0;
      for (int i = 0; i < READS; i++) {
        read(prepared);
        good += Pairs.good(prepared.getChannelRecords());
      }
      assertTrue(good >= 0.9 * 50 * READS, "only " + good + " good values");
    }
  }

  /** If deleted: answers could be mixed up where several requests are under way. */
  @Test
  void eightOutstandingRequestsAnsweredInAnyOrder() throws Exception {
    try (Plant plant = new Plant()) {
      Pairs.serve(plant.simulator.unit(1).holdingRegisters());
      plant.simulator.script(
          (unit, function) ->
              Behaviour.delayed(
                  Duration.ofMillis(
                      java.util.concurrent.ThreadLocalRandom.current().nextInt(1, 10))));
      ModbusPreparedRead prepared =
          plant
              .driver(Map.of("max_outstanding", 8, "max_gap_registers", 0))
              .prepareRead(Pairs.records(200));
      for (int i = 0; i < 20; i++) {
        read(prepared);
        assertEquals(200, Pairs.good(prepared.getChannelRecords()));
      }
    }
  }

  /** If deleted: a unit that is switched off could slow down all others behind its gateway. */
  @Test
  void deadUnitsCostTheOthersNothing() throws Exception {
    try (Plant plant = new Plant()) {
      ModbusPreparedRead[] reads = new ModbusPreparedRead[10];
      for (int unit = 1; unit <= 10; unit++) {
        if (unit <= 5) {
          plant.simulator.unit(unit);
        }
        List<ChannelRecord> records =
            List.of(
                Channels.read(
                    "u" + unit,
                    org.eclipse.kura.type.DataType.INTEGER,
                    unit,
                    org.penstock.driver.modbus.codec.Table.HOLDING_REGISTERS,
                    "1",
                    "INT16"));
        reads[unit - 1] = plant.driver(Map.of("timeout_ms", 300)).prepareRead(records);
      }
      for (ModbusPreparedRead read : reads) {
        read(read); // who is dead is found out here
        read(read);
      }
      long begin = System.nanoTime();
      int answered = 0;
      while (System.nanoTime() - begin < 2_000_000_000L) {
        for (int unit = 0; unit < 10; unit++) {
          if (unit < 5) {
            read(reads[unit]);
            answered += Plant.good(reads[unit].getChannelRecords().get(0)) ? 1 : 0;
          } else {
            reads[unit].read();
          }
        }
      }
      assertEquals(1, plant.simulator.connections(), "all share one connection");
      assertTrue(answered > 100, "only " + answered + " answers of the living");
    }
  }
}
