package org.penstock.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.penstock.driver.modbus.codec.Table;
import org.penstock.driver.modbus.simulator.Behaviour;
import org.penstock.driver.modbus.simulator.ModbusSimulator;

/** A driver that is stopped in the middle. */
@Timeout(60)
class StopTest {

  private static final int WRITE = 6;

  private static ModbusDriver driver(ModbusLinks links, ModbusSimulator plant) throws Exception {
    return new ModbusDriver(
        "test",
        links,
        null,
        Configs.of(Map.of("port", plant.port(), "timeout_ms", 20_000)),
        health -> () -> {});
  }

  private static ChannelRecord register(int address) {
    String where = Integer.toString(address);
    return Channels.write(
        "w" + address, TypedValues.newIntegerValue(1), 1, Table.HOLDING_REGISTERS, where, "UINT16");
  }

  /** If deleted: a stopped driver could go on writing, over a connection that nobody ends. */
  @Test
  void whatWaitsBehindARequestIsNotWrittenAfterTheStop() throws Exception {
    try (ModbusSimulator plant = ModbusSimulator.open(0)) {
      plant.unit(1).holdingRegisters();
      CompletableFuture<Void> asked = new CompletableFuture<>();
      Queue<Integer> writes = new ConcurrentLinkedQueue<>();
      plant.script(
          (unit, function) -> {
            if (function == WRITE) {
              writes.add(unit);
              asked.complete(null);
              return Behaviour.of(Behaviour.Kind.SILENT);
            }
            return Behaviour.NORMAL;
          });
      ModbusLinks links = new ModbusLinks();
      try {
        ModbusDriver driver = driver(links, plant);
        List<ChannelRecord> records = new ArrayList<>();
        for (int address = 10; address <= 60; address += 10) {
          records.add(register(address));
        }
        CompletableFuture<Void> written =
            CompletableFuture.runAsync(
                () -> {
                  try {
                    driver.write(records);
                  } catch (Exception stopped) {
                    throw new IllegalStateException(stopped);
                  }
                });
        asked.get(20, TimeUnit.SECONDS);
        driver.stop();
        written.handle((done, error) -> done).get(10, TimeUnit.SECONDS);
        assertFalse(records.stream().anyMatch(Plant::good));
        ModbusDriver next = driver(links, plant);
        for (int i = 0; i < 20; i++) { // time for what should not come
          List<ChannelRecord> read = List.of(Channels.holding("a", DataType.INTEGER, 0, "UINT16"));
          next.read(read);
          assertTrue(read.stream().allMatch(Plant::good));
        }
        assertEquals(1, writes.size());
        assertEquals(2, plant.accepted());
        next.stop();
      } finally {
        links.close();
      }
    }
  }
}
