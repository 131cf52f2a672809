package org.penstock.driver.modbus;

import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.ChannelDescriptor;
import org.eclipse.kura.type.DataType;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.kit.ChannelAttribute;
import org.penstock.driver.kit.ChannelAttributes;
import org.penstock.driver.kit.ChannelSettings;
import org.penstock.driver.modbus.codec.ByteOrder;
import org.penstock.driver.modbus.codec.DataFormat;
import org.penstock.driver.modbus.codec.Notation;
import org.penstock.driver.modbus.codec.Request;
import org.penstock.driver.modbus.codec.Table;
import org.penstock.driver.modbus.codec.ValueCodec;

/**
 * A channel's address and meaning, parsed once.
 *
 * @param unit id, 0 to 255
 * @param table in which it stands
 * @param address zero-based
 * @param codec registers to value and back
 * @param alone asked for by a request of its own
 */
record ModbusChannel(int unit, Table table, int address, ValueCodec codec, boolean alone) {

  static final String UNIT = "unit.id";
  static final String TABLE = "primary.table";
  static final String ADDRESS = "memory.address";
  static final String TYPE = "data.type";
  static final String ORDER = "data.order";
  static final String LENGTH = "array.data.length";
  static final String ALONE = "read.alone";

  private static final int HIGHEST_UNIT = 255;
  private static final int HIGHEST_ADDRESS = 0xffff;
  private static final int LONGEST = 250;
  private static final int RECORDS = 10_000;
  private static final int HIGHEST_FILE = 0xffff;

  /** What the driver wants of each channel, in the notation of its instance. */
  static ChannelDescriptor descriptor(Notation notation) {
    return ChannelAttributes.descriptor(
        ChannelAttribute.integer(UNIT, "Unit id", "0 to 255", 0, HIGHEST_UNIT).withDefault(1),
        ChannelAttribute.choice(TABLE, "Table", "where the value stands", Table.class)
            .withDefault(Table.HOLDING_REGISTERS),
        ChannelAttribute.text(
                ADDRESS,
                "Address",
                notation.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
                    + ": "
                    + notation.range()
                    + "; or 0x and a zero-based hexadecimal number; .0 to .15 for a bit of a"
                    + " register")
            .withDefault(notation.format(Table.HOLDING_REGISTERS, 0)),
        ChannelAttribute.choice(TYPE, "Data type", "what the registers mean", DataFormat.class)
            .withDefault(DataFormat.INT16),
        ChannelAttribute.text(
                ORDER, "Byte order", "order of the letters AB, ABCD or ABCDEFGH; A is highest")
            .withDefault(ByteOrder.ABCD),
        ChannelAttribute.integer(
                LENGTH, "Length", "numbers of an array, characters or bytes", 1, LONGEST)
            .withDefault(1)
            .optional(),
        ChannelAttribute.flag(ALONE, "Read alone", "never read together with other channels")
            .withDefault(false)
            .optional());
  }

  /**
   * Parses a record's settings.
   *
   * @throws DriverException of kind CONFIGURATION that says what would be right
   */
  static ModbusChannel of(ChannelRecord record, Notation notation) throws DriverException {
    return of(ChannelSettings.of(record), notation, record.getValueType());
  }

  private static ModbusChannel of(ChannelSettings settings, Notation notation, DataType type)
      throws DriverException {
    int unit = settings.integer(UNIT, 0, HIGHEST_UNIT);
    Table table = settings.choice(TABLE, Table.class);
    DataFormat format = table.bits() ? DataFormat.BOOL : settings.choice(TYPE, DataFormat.class);
    int length = settings.find(LENGTH).isPresent() ? settings.integer(LENGTH, 1, LONGEST) : 1;
    String text = settings.text(ADDRESS);
    int dot = text.indexOf('.');
    int address = address(settings, notation, table, dot < 0 ? text : text.substring(0, dot));
    int bit = bit(settings, format, table, dot < 0 ? "" : text.substring(dot + 1));
    boolean alone = settings.find(ALONE).isPresent() && settings.flag(ALONE);
    ByteOrder order = order(settings);
    if (format.part() && length > 1) {
      throw settings.fault(LENGTH, "must be 1 for " + format);
    }
    try {
      ValueCodec codec = new ValueCodec(format, order, length, bit, type);
      boolean beyond = table.merges() && address + codec.registers() - 1 > HIGHEST_ADDRESS;
      if (beyond || codec.registers() > 125) {
        throw settings.fault(LENGTH, "reaches beyond the last address or 125 registers");
      }
      return new ModbusChannel(unit, table, address, codec, alone);
    } catch (IllegalArgumentException misfit) {
      throw settings.fault(ORDER, misfit.getMessage());
    }
  }

  private static int address(ChannelSettings settings, Notation notation, Table table, String text)
      throws DriverException {
    if (table == Table.FILE_RECORDS) {
      return fileAddress(settings, text);
    }
    try {
      Notation.Location location = notation.parse(text);
      if (location.table().isPresent() && location.table().get() != table) {
        throw settings.fault(
            ADDRESS,
            "is '" + text + "', which lies in " + location.table().get() + ", not " + table);
      }
      return location.address();
    } catch (IllegalArgumentException wrong) {
      throw settings.fault(ADDRESS, "is '" + text + "', " + wrong.getMessage());
    }
  }

  private static int fileAddress(ChannelSettings settings, String text) throws DriverException {
    if (text.matches("\\d{1,5}/\\d{1,4}")) {
      int slash = text.indexOf('/');
      int file = Integer.parseInt(text.substring(0, slash));
      if (file >= 1 && file <= HIGHEST_FILE) {
        return file * RECORDS + Integer.parseInt(text.substring(slash + 1));
      }
    }
    throw settings.fault(ADDRESS, "is '" + text + "', must be <file 1..65535>/<record 0..9999>");
  }

  private static int bit(ChannelSettings settings, DataFormat format, Table table, String text)
      throws DriverException {
    if (text.isEmpty()) {
      return 0;
    }
    if (table.bits() || format != DataFormat.BOOL) {
      throw settings.fault(ADDRESS, "names a bit, which needs a register and data type BOOL");
    }
    if (!text.matches("[0-9]|1[0-5]")) {
      throw settings.fault(ADDRESS, "names bit '" + text + "', must be 0 to 15");
    }
    return Integer.parseInt(text);
  }

  private static ByteOrder order(ChannelSettings settings) throws DriverException {
    try {
      return settings.find(ORDER).map(ByteOrder::of).orElse(ByteOrder.ABCD);
    } catch (IllegalArgumentException wrong) {
      throw settings.fault(ORDER, wrong.getMessage());
    }
  }

  /** Registers or bits that it takes in its table. */
  int length() {
    return table.bits() ? 1 : codec.registers();
  }

  /** The request that reads this channel alone. */
  Request request() {
    return switch (table) {
      case FILE_RECORDS -> Request.readFile(file(address), fileRecord(address), codec.registers());
      case FIFO_QUEUE -> Request.readQueue(address);
      case EXCEPTION_STATUS -> Request.readExceptionStatus();
      case DIAGNOSTICS -> Request.diagnostics(address, 0);
      case EVENT_COUNTER -> Request.readEventCounter();
      case SERVER_ID -> Request.readServerId();
      case IDENTIFICATION -> Request.identify(4, address);
      default -> Request.read(table, address, length());
    };
  }

  /** The file of a file record's address. */
  static int file(int address) {
    return address / RECORDS;
  }

  /** The number of a file record's address. */
  static int fileRecord(int address) {
    return address % RECORDS;
  }
}
