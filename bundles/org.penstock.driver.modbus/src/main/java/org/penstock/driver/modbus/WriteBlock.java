package org.penstock.driver.modbus;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.driver.modbus.ModbusDriverConfig.ReadBack;
import org.penstock.driver.modbus.codec.Request;
import org.penstock.driver.modbus.codec.Table;
import org.penstock.driver.modbus.codec.ValueCodec;

/**
 * Neighbouring values of one unit that are written by one request. Nothing lies between them, so
 * nothing else is written.
 *
 * @param items in the order given, which is that of their addresses
 * @param data bytes of the registers; of coils one byte each, 0 or 1
 */
record WriteBlock(List<ReadItem> items, byte[] data) {

  private static final int MOST_REGISTERS = 121; // what function 23 can write; 16 could 123
  private static final int MOST_COILS = 1968;

  /**
   * One value.
   *
   * @throws DriverException when its table cannot be written
   * @throws IllegalArgumentException when the value does not fit
   */
  static WriteBlock of(ReadItem item) throws DriverException {
    ModbusChannel channel = item.channel();
    if (!channel.table().writable()) {
      throw new DriverException(
          ErrorKind.CONFIGURATION,
          "channel " + item.record().getChannelName(),
          channel.table() + " cannot be written; choose COILS or HOLDING_REGISTERS");
    }
    if (channel.table() == Table.COILS) {
      byte bit = (byte) (ValueCodec.truth(item.record().getValue()) ? 1 : 0);
      return new WriteBlock(List.of(item), new byte[] {bit});
    }
    return new WriteBlock(List.of(item), channel.codec().encode(item.record().getValue()));
  }

  ModbusChannel first() {
    return items.get(0).channel();
  }

  private boolean part() {
    return first().table() == Table.HOLDING_REGISTERS && first().codec().format().part();
  }

  Place place() {
    return items.get(0).place();
  }

  /** Registers or coils. */
  int count() {
    return first().table() == Table.COILS ? data.length : data.length / 2;
  }

  /** Whether the other one begins where this one ends, and one request can hold both. */
  boolean joins(WriteBlock next) {
    int most = first().table() == Table.COILS ? MOST_COILS : MOST_REGISTERS;
    return items.get(0).place().equals(next.items.get(0).place())
        && first().table().merges()
        && !part()
        && !next.part()
        && first().address() + count() == next.first().address()
        && count() + next.count() <= most;
  }

  WriteBlock join(WriteBlock next) {
    List<ReadItem> all = new ArrayList<>(items);
    all.addAll(next.items);
    byte[] both = Arrays.copyOf(data, data.length + next.data.length);
    System.arraycopy(next.data, 0, both, data.length, next.data.length);
    return new WriteBlock(List.copyOf(all), both);
  }

  /** Must be read first, because only a part of the register is to be changed. */
  boolean needsReading(WriteOptions options) {
    return part() && options.bits() == ModbusDriverConfig.BitWrite.READ_MODIFY_WRITE;
  }

  /** The register before with this part changed. */
  Request modified(int before) {
    int mask = first().codec().mask();
    return Request.writeRegister(first().address(), before & ~mask | word(0) & mask);
  }

  Request request(WriteOptions options) {
    int address = first().address();
    if (first().table() == Table.FILE_RECORDS) {
      return Request.writeFile(
          ModbusChannel.file(address), ModbusChannel.fileRecord(address), data);
    }
    if (first().table() == Table.COILS) {
      return data.length == 1 && !options.multipleOnly()
          ? Request.writeCoil(address, data[0] != 0)
          : Request.writeCoils(address, data.length, packed());
    }
    if (part()) {
      int mask = first().codec().mask();
      return Request.maskWrite(address, ~mask & 0xffff, word(0) & mask);
    }
    if (options.readBack() == ReadBack.READ_WRITE) {
      return Request.writeAndRead(address, count(), address, data);
    }
    return data.length == 2 && !options.multipleOnly()
        ? Request.writeRegister(address, word(0))
        : Request.writeRegisters(address, data);
  }

  /** Reads what was written. */
  Request readBack() {
    int address = first().address();
    return first().table() == Table.FILE_RECORDS
        ? Request.readFile(ModbusChannel.file(address), ModbusChannel.fileRecord(address), count())
        : Request.read(first().table(), address, count());
  }

  /** Whether the answer to {@link #readBack}, or to function 23, shows what was written. */
  boolean shows(Request request, ByteBuffer answer) {
    byte[] read = request.payload(answer);
    if (first().table() == Table.COILS) {
      return Arrays.equals(read, packed());
    }
    if (part()) {
      int mask = first().codec().mask();
      return (((read[0] & 0xff) << 8 | read[1] & 0xff) & mask) == (word(0) & mask);
    }
    return Arrays.equals(read, data);
  }

  private int word(int index) {
    return (data[index] & 0xff) << 8 | data[index + 1] & 0xff;
  }

  private byte[] packed() {
    byte[] bits = new byte[(data.length + 7) / 8];
    for (int i = 0; i < data.length; i++) {
      bits[i / 8] |= (byte) (data[i] << i % 8);
    }
    return bits;
  }
}
