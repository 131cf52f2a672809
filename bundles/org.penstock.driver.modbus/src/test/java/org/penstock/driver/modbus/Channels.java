package org.penstock.driver.modbus;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.penstock.driver.modbus.codec.Table;

/** Records as an asset makes them. */
final class Channels {

  private Channels() {}

  static ChannelRecord read(
      String name, DataType type, int unit, Table table, String address, String format) {
    ChannelRecord record = ChannelRecord.createReadRecord(name, type);
    record.setChannelConfig(config(name, type, unit, table, address, format));
    return record;
  }

  static ChannelRecord holding(String name, DataType type, int address, String format) {
    return read(name, type, 1, Table.HOLDING_REGISTERS, Integer.toString(address), format);
  }

  static ChannelRecord write(
      String name, TypedValue<?> value, int unit, Table table, String address, String format) {
    ChannelRecord record = ChannelRecord.createWriteRecord(name, value);
    record.setChannelConfig(config(name, value.getType(), unit, table, address, format));
    return record;
  }

  static Map<String, Object> config(
      String name, DataType type, int unit, Table table, String address, String format) {
    Map<String, Object> config = new HashMap<>();
    config.put("+name", name);
    config.put("+value.type", type.name());
    config.put(ModbusChannel.UNIT, Integer.toString(unit));
    config.put(ModbusChannel.TABLE, table.name());
    config.put(ModbusChannel.ADDRESS, address);
    config.put(ModbusChannel.TYPE, format);
    config.put(ModbusChannel.ORDER, "ABCD");
    return config;
  }

  static ChannelRecord with(ChannelRecord record, String key, String value) {
    Map<String, Object> config = new HashMap<>(record.getChannelConfig());
    config.put(key, value);
    record.setChannelConfig(config);
    return record;
  }
}
