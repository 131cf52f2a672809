package org.penstock.driver.modbus.codec;

import java.util.Optional;

/** How the engineers of a plant write addresses. Pure. */
public enum Notation {
  /** As on the wire: 0 to 65535. */
  ZERO_BASED("0 to 65535"),
  /** One more than on the wire: 1 to 65536. */
  ONE_BASED("1 to 65536"),
  /** Table digit and one-based number, five or six digits: 40001, 400001. */
  MODICON("digit of the table and number: 00001, 10001, 30001, 40001 or 000001, ... 465536"),
  /** As on the wire, hexadecimal with or without 0x. */
  HEX("0000 to FFFF");

  /**
   * An address as written.
   *
   * @param address on the wire
   * @param table when the notation tells it
   */
  public record Location(int address, Optional<Table> table) {}

  private static final int HIGHEST = 0xffff;

  private final String range;

  Notation(String range) {
    this.range = range;
  }

  /** What can be written, in words. */
  public String range() {
    return range;
  }

  /**
   * The address that is meant. In every notation, 0x begins a zero-based hexadecimal address.
   *
   * @throws IllegalArgumentException when the text is no address in this notation
   */
  public Location parse(String text) {
    try {
      if (text.regionMatches(true, 0, "0x", 0, 2)) {
        return plain(Integer.parseInt(text.substring(2), 16));
      }
      return switch (this) {
        case ZERO_BASED -> plain(Integer.parseInt(text));
        case ONE_BASED -> plain(Integer.parseInt(text) - 1);
        case HEX -> plain(Integer.parseInt(text, 16));
        case MODICON -> modicon(text);
      };
    } catch (NumberFormatException noNumber) {
      throw wrong();
    }
  }

  private Location modicon(String text) {
    if (text.length() != 5 && text.length() != 6) {
      throw wrong();
    }
    int digit = Integer.parseInt(text.substring(0, 1));
    int address = Integer.parseInt(text.substring(1)) - 1;
    for (Table table : Table.values()) {
      if (table.merges() && table.digit() == digit) {
        return new Location(plain(address).address(), Optional.of(table));
      }
    }
    throw wrong();
  }

  private Location plain(int address) {
    if (address < 0 || address > HIGHEST) {
      throw wrong();
    }
    return new Location(address, Optional.empty());
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("must be " + range);
  }

  /** The address as this notation writes it. */
  public String format(Table table, int address) {
    return switch (this) {
      case ZERO_BASED -> Integer.toString(address);
      case ONE_BASED -> Integer.toString(address + 1);
      case HEX -> "0x%04X".formatted(address);
      case MODICON -> table.digit() + (address < 9999 ? "%04d" : "%05d").formatted(address + 1);
    };
  }
}
