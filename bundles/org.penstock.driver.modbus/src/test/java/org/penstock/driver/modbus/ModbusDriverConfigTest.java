package org.penstock.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Names that live in users' configurations. */
class ModbusDriverConfigTest {

  /** If deleted: a renamed pid or key would orphan every configured driver and channel. */
  @Test
  void pidAndKeysStay() {
    assertEquals("org.penstock.driver.modbus", ModbusDriverConfig.FACTORY_PID);
    assertEquals("unit.id", ModbusChannel.UNIT);
    assertEquals("primary.table", ModbusChannel.TABLE);
    assertEquals("memory.address", ModbusChannel.ADDRESS);
    assertEquals("data.type", ModbusChannel.TYPE);
    assertEquals("data.order", ModbusChannel.ORDER);
    assertEquals("array.data.length", ModbusChannel.LENGTH);
    assertEquals("read.alone", ModbusChannel.ALONE);
  }
}
