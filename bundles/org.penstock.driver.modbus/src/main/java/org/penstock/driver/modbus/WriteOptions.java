package org.penstock.driver.modbus;

import org.penstock.driver.modbus.ModbusDriverConfig.BitWrite;
import org.penstock.driver.modbus.ModbusDriverConfig.ReadBack;

/**
 * How values are written.
 *
 * @param multipleOnly functions 15 and 16 also for one value
 * @param bits parts of registers
 * @param readBack what is compared afterwards
 */
record WriteOptions(boolean multipleOnly, BitWrite bits, ReadBack readBack) {}
