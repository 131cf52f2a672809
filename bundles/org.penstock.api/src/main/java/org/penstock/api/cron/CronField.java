package org.penstock.api.cron;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** One field of numbers, ranges, steps and names. */
record CronField(String name, int least, int most, String names) {

  /** The numbers that the text names; {@code *} and {@code ?} are all. */
  BitSet parse(String text) {
    BitSet found = new BitSet();
    for (String item : text.split(",", -1)) {
      add(item, text, found);
    }
    return found;
  }

  private void add(String item, String text, BitSet found) {
    String[] parts = item.split("/", -1);
    if (parts.length > 2) {
      throw wrong(text);
    }
    String[] range = parts[0].split("-", -1);
    boolean all =
        parts[0].equals("*") || parts[0].equals("?") || parts[0].isEmpty() && parts.length == 2;
    if (range.length > 2) {
      throw wrong(text);
    }
    int first = all ? least : number(range[0], text);
    int last = first;
    if (all || range.length == 1 && parts.length == 2) {
      last = most;
    } else if (range.length == 2) {
      last = number(range[1], text);
    }
    int step = parts.length == 2 ? step(parts[1], text) : 1;
    int size = most - least + 1;
    int length = (last >= first ? last - first : last - first + size) + 1;
    for (int offset = 0; offset < length; offset += step) {
      found.set(least + (first - least + offset) % size); // FRI-MON goes round
    }
  }

  int number(String text, String field) {
    List<String> known = Arrays.asList(names.split(" "));
    int index = names.isEmpty() ? -1 : known.indexOf(text);
    if (index >= 0) {
      return least + index;
    }
    if (!text.matches("\\d{1,4}")) {
      throw wrong(field);
    }
    int number = Integer.parseInt(text);
    if (number < least || number > most) {
      throw wrong(field);
    }
    return number;
  }

  private int step(String text, String field) {
    if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 1) {
      throw wrong(field);
    }
    return Integer.parseInt(text);
  }

  IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "%s '%s' must be made of %d to %d%s with , - / *"
            .formatted(
                name, text, least, most, names.isEmpty() ? "" : " or " + names.replace(' ', ',')));
  }
}
