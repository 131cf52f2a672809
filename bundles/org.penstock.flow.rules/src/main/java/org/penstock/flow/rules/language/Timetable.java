package org.penstock.flow.rules.language;

import java.io.DataInput;
import java.io.DataOutput;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The clock on the wall: shifts, days, hours. Local times count as the clock shows them: an hour that
 * comes twice when summer ends is inside both times, one that is left out is not there.
 */
final class Timetable implements Stateful {

  private static final long MINUTE = 60_000;
  private static final Pattern SHIFT =
      Pattern.compile(
          "(?:([A-Za-z]{3}(?:-[A-Za-z]{3})?(?:\\+[A-Za-z]{3}(?:-[A-Za-z]{3})?)*) +)?"
              + "(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)");
  private static final String SHIFTS = "shifts are written 'Mon-Fri 06:00-14:00; Sat 08:00-12:00'";
  private static final String DAYS = "days are written '2026-12-25, 01-01'";

  private record Shift(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

    boolean contains(ZonedDateTime time) {
      LocalTime clock = time.toLocalTime();
      if (from.isBefore(to)) {
        return days.contains(time.getDayOfWeek()) && !clock.isBefore(from) && clock.isBefore(to);
      }
      // over midnight: belongs to the day on which it begins
      return !clock.isBefore(from) && days.contains(time.getDayOfWeek())
          || clock.isBefore(to) && days.contains(time.getDayOfWeek().minus(1));
    }
  }

  private final Run run;
  private final ZoneId zone;

  Timetable(Run run, ZoneId zone) {
    this.run = run;
    this.zone = zone;
  }

  ZonedDateTime now() {
    return Instant.ofEpochMilli(run.now()).atZone(zone);
  }

  /** A test whether it is one of these shifts now. */
  static java.util.function.Predicate<ZonedDateTime> shifts(String text) {
    List<Shift> shifts = new ArrayList<>();
    for (String part : text.split(";", -1)) {
      Matcher matcher = SHIFT.matcher(part.strip());
      if (!matcher.matches()) {
        throw new IllegalArgumentException(SHIFTS);
      }
      shifts.add(
          new Shift(days(matcher.group(1)), clock(matcher.group(2)), clock(matcher.group(3))));
    }
    return time -> shifts.stream().anyMatch(shift -> shift.contains(time));
  }

  private static LocalTime clock(String text) {
    try {
      return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    } catch (DateTimeException none) {
      throw new IllegalArgumentException(text + " is no time of day; " + SHIFTS, none);
    }
  }

  private static Set<DayOfWeek> days(String text) {
    if (text == null) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.split("\\+")) {
      String[] ends = part.split("-");
      DayOfWeek last = day(ends[ends.length - 1]);
      DayOfWeek day = day(ends[0]);
      days.add(day);
      while (day != last) {
        day = day.plus(1);
        days.add(day);
      }
    }
    return days;
  }

  private static DayOfWeek day(String text) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().substring(0, 3).equals(text.toUpperCase(Locale.ROOT))) {
        return day;
      }
    }
    throw new IllegalArgumentException(text + " is no day of the week; " + SHIFTS);
  }

  /** A test whether it is one of these days: {@code 2026-12-25}, or each year {@code 12-25}. */
  static java.util.function.Predicate<ZonedDateTime> dates(String text) {
    Set<LocalDate> once = new HashSet<>();
    Set<MonthDay> yearly = new HashSet<>();
    for (String part : text.split(",", -1)) {
      String date = part.strip();
      try {
        if (date.length() == "12-25".length()) {
          yearly.add(MonthDay.parse("--" + date));
        } else {
          once.add(LocalDate.parse(date));
        }
      } catch (DateTimeException none) {
        throw new IllegalArgumentException("'" + date + "' is no day; " + DAYS, none);
      }
    }
    return time ->
        once.contains(time.toLocalDate()) || yearly.contains(MonthDay.from(time.toLocalDate()));
  }

  @Override
  public void feed() {
    // the clock needs no looking at
  }

  @Override
  public long due() {
    return (Math.floorDiv(run.now(), MINUTE) + 1) * MINUTE;
  }

  @Override
  public void save(DataOutput out) {
    // the clock remembers by itself
  }

  @Override
  public void load(DataInput in) {
    // the clock remembers by itself
  }
}
