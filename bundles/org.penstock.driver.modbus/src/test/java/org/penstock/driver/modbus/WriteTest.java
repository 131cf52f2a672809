package org.penstock.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.penstock.driver.modbus.ModbusDriverConfig.BitWrite;
import org.penstock.driver.modbus.ModbusDriverConfig.ReadBack;
import org.penstock.driver.modbus.codec.Table;
import org.penstock.driver.modbus.simulator.Behaviour;
import org.penstock.driver.modbus.simulator.RegisterBank;

/** What is written, and what is left alone. */
@Timeout(30)
class WriteTest {

  private static ChannelRecord register(int address, int value) {
    return register(Integer.toString(address), TypedValues.newIntegerValue(value), "UINT16");
  }

  private static ChannelRecord register(String address, TypedValue<?> value, String format) {
    return Channels.write("w" + address, value, 1, Table.HOLDING_REGISTERS, address, format);
  }

  private static ChannelRecord coil(int address, boolean on) {
    TypedValue<?> value = TypedValues.newBooleanValue(on);
    return Channels.write("w" + address, value, 1, Table.COILS, Integer.toString(address), "BOOL");
  }

  /** If deleted: a set of values could reach the plant in many pieces. */
  @Test
  void neighboursShareARequestAndNothingElseIsTouched() throws Exception {
    try (Plant plant = new Plant()) {
      RegisterBank bank = plant.simulator.unit(1).holdingRegisters();
      bank.set(9, 99);
      bank.set(13, 99);
      List<ChannelRecord> records = List.of(register(10, 1), register(11, 2), register(12, 3));
      plant.driver(Map.of()).write(records);
      assertTrue(records.stream().allMatch(Plant::good));
      assertEquals(1, plant.simulator.requests());
      assertEquals(
          List.of(99, 1, 2, 3, 99),
          List.of(bank.get(9), bank.get(10), bank.get(11), bank.get(12), bank.get(13)));
    }
  }

  /** If deleted: values with a gap between them could overwrite what lies in the gap. */
  @Test
  void aGapIsNeverWritten() throws Exception {
    try (Plant plant = new Plant()) {
      RegisterBank bank = plant.simulator.unit(1).holdingRegisters();
      bank.set(11, 99);
      plant.driver(Map.of()).write(List.of(register(10, 1), register(12, 3)));
      assertEquals(2, plant.simulator.requests());
      assertEquals(99, bank.get(11));
    }
  }

  /** If deleted: one forbidden register could keep its neighbours from being written. */
  @Test
  void aRefusedBlockIsWrittenOneByOne() throws Exception {
    try (Plant plant = new Plant()) {
      RegisterBank bank = plant.simulator.unit(1).holdingRegisters();
      bank.readOnly(11, 11);
      List<ChannelRecord> records = List.of(register(10, 1), register(11, 2), register(12, 3));
      plant.driver(Map.of()).write(records);
      assertEquals(List.of(true, false, true), records.stream().map(Plant::good).toList());
      String reason = records.get(1).getChannelStatus().getException().getMessage();
      assertTrue(reason.startsWith("unit 1 HOLDING_REGISTERS 11: exception "), reason);
      assertEquals(List.of(1, 0, 3), List.of(bank.get(10), bank.get(11), bank.get(12)));
    }
  }

  /** If deleted: coils could be written inverted or shifted. */
  @Test
  void coilsOneAndMany() throws Exception {
    try (Plant plant = new Plant()) {
      RegisterBank coils = plant.simulator.unit(1).coils();
      ModbusDriver driver = plant.driver(Map.of());
      driver.write(List.of(coil(3, true)));
      driver.write(List.of(coil(10, true), coil(11, false), coil(12, true)));
      assertEquals(2, plant.simulator.requests());
      assertEquals(
          List.of(1, 1, 0, 1), List.of(coils.get(3), coils.get(10), coils.get(11), coils.get(12)));
    }
  }

  /** If deleted: switching one bit could change its fifteen neighbours. */
  @Test
  void aBitLeavesTheOtherBitsAlone() throws Exception {
    try (Plant plant = new Plant()) {
      RegisterBank bank = plant.simulator.unit(1).holdingRegisters();
      for (BitWrite way : BitWrite.values()) {
        bank.set(5, 0xf00f);
        ModbusDriver driver = plant.driver(Map.of("bit_write", way));
        driver.write(
            List.of(
                register("5.4", TypedValues.newBooleanValue(true), "BOOL"),
                register("5.0", TypedValues.newBooleanValue(false), "BOOL")));
        assertEquals(0xf01e, bank.get(5), way.name());
        driver.write(List.of(register("5", TypedValues.newIntegerValue(0x7a), "UINT8_HIGH")));
        assertEquals(0x7a1e, bank.get(5), way.name());
      }
    }
  }

  /** If deleted: a device that takes a write without obeying would look obedient. */
  @Test
  void readBackFindsAValueThatWasNotTaken() throws Exception {
    try (Plant plant = new Plant()) {
      plant.simulator.unit(1).holdingRegisters().compute(address -> 7);
      for (ReadBack way : List.of(ReadBack.READ, ReadBack.READ_WRITE)) {
        ModbusDriver driver = plant.driver(Map.of("write_readback", way));
        ChannelRecord other = register(10, 8);
        ChannelRecord same = register(20, 7);
        driver.write(List.of(other, same));
        assertFalse(Plant.good(other), way.name());
        assertTrue(Plant.good(same), way.name());
      }
    }
  }

  /** If deleted: a write whose answer was lost could be carried out twice. */
  @Test
  void aWriteIsNeverRepeated() throws Exception {
    try (Plant plant = new Plant()) {
      plant.simulator.unit(1);
      plant.simulator.script(Behaviour.every(1, Behaviour.of(Behaviour.Kind.BAD_UNIT)));
      ChannelRecord record = register(1, 1);
      plant.driver(Map.of("read_repeats", 5, "timeout_ms", 300)).write(List.of(record));
      assertFalse(Plant.good(record));
      assertEquals(1, plant.simulator.requests());
    }
  }

  /** If deleted: a broadcast could wait in vain for an answer, fail, or reach one unit only. */
  @Test
  void aBroadcastReachesAllUnitsAndWaitsForNoAnswer() throws Exception {
    try (Plant plant = new Plant()) {
      RegisterBank one = plant.simulator.unit(1).holdingRegisters();
      RegisterBank two = plant.simulator.unit(2).holdingRegisters();
      ChannelRecord all =
          Channels.write(
              "all", TypedValues.newIntegerValue(42), 0, Table.HOLDING_REGISTERS, "7", "UINT16");
      ModbusDriver driver =
          plant.driver(Map.of("broadcast_unit_0", true, "write_readback", ReadBack.READ));
      driver.write(List.of(all));
      assertTrue(Plant.good(all));
      ChannelRecord after = Channels.holding("after", DataType.INTEGER, 7, "UINT16");
      driver.read(List.of(after)); // answered only when the broadcast was taken in
      assertEquals(42, after.getValue().getValue());
      assertEquals(List.of(42, 42), List.of(one.get(7), two.get(7)));
      assertEquals(2, plant.simulator.requests(), "nothing is read back from everybody");
    }
  }

  /** If deleted: a value that does not fit could be cut off and written. */
  @Test
  void whatDoesNotFitIsNotWritten() throws Exception {
    try (Plant plant = new Plant()) {
      plant.simulator.unit(1);
      ChannelRecord record = register(1, 70_000);
      plant.driver(Map.of()).write(List.of(record));
      assertFalse(Plant.good(record));
      assertEquals(0, plant.simulator.requests());
    }
  }

  /** If deleted: ten thousand writes to an absent device could overflow the stack. */
  @Test
  void manyWritesToAnAbsentDeviceFailOneByOne() throws Exception {
    try (Plant plant = new Plant()) {
      plant.simulator.absent(true);
      List<ChannelRecord> records =
          java.util.stream.IntStream.range(0, 10_000).mapToObj(i -> register(2 * i, 1)).toList();
      plant.driver(Map.of()).write(records);
      assertTrue(records.stream().noneMatch(Plant::good));
    }
  }
}
