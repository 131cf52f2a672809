package org.penstock.api.cron;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The days of a time table: by day of month or by day of week, one of them {@code ?} or {@code *}. */
final class CronDays {

  private static final Pattern LAST = Pattern.compile("L(?:-(\\d{1,2}))?(W?)");
  private static final Pattern NEAREST_WEEKDAY = Pattern.compile("(\\d{1,2})W");
  private static final Pattern NTH = Pattern.compile("([A-Z]{3}|\\d)#([1-5])");
  private static final Pattern LAST_OF_KIND = Pattern.compile("([A-Z]{3}|\\d)L");

  private final Predicate<LocalDate> included;

  CronDays(String ofMonth, String ofWeek, CronField month, CronField week) {
    boolean anyOfMonth = isAny(ofMonth);
    boolean anyOfWeek = isAny(ofWeek);
    if (ofMonth.equals("?") && ofWeek.equals("?")) {
      throw new IllegalArgumentException("only one of day of month and day of week can be '?'");
    }
    if (!anyOfMonth && !anyOfWeek) {
      throw new IllegalArgumentException(
          "one of day of month '%s' and day of week '%s' must be '?'".formatted(ofMonth, ofWeek));
    }
    this.included = anyOfWeek ? ofMonth(ofMonth, month) : ofWeek(ofWeek, week);
  }

  private static boolean isAny(String text) {
    return text.equals("?") || text.equals("*");
  }

  boolean includes(LocalDate date) {
    return included.test(date);
  }

  private static Predicate<LocalDate> ofMonth(String text, CronField field) {
    List<Predicate<LocalDate>> any = new ArrayList<>();
    for (String item : text.split(",", -1)) {
      Matcher last = LAST.matcher(item);
      Matcher nearest = NEAREST_WEEKDAY.matcher(item);
      if (last.matches()) {
        int before = last.group(1) == null ? 0 : Integer.parseInt(last.group(1));
        if (before > 30) {
          throw field.wrong(text);
        }
        boolean weekday = !last.group(2).isEmpty();
        any.add(date -> day(date, Math.max(1, date.lengthOfMonth() - before), weekday));
      } else if (nearest.matches()) {
        int wanted = field.number(nearest.group(1), text);
        any.add(date -> day(date, Math.min(wanted, date.lengthOfMonth()), true));
      } else {
        BitSet numbers = field.parse(item);
        any.add(date -> numbers.get(date.getDayOfMonth()));
      }
    }
    return date -> any.stream().anyMatch(one -> one.test(date));
  }

  /** Whether the date is that day of its month, or the working day next to it in that month. */
  private static boolean day(LocalDate date, int wanted, boolean weekday) {
    LocalDate day = date.withDayOfMonth(wanted);
    if (weekday && day.getDayOfWeek() == DayOfWeek.SATURDAY) {
      day = wanted == 1 ? day.plusDays(2) : day.minusDays(1);
    } else if (weekday && day.getDayOfWeek() == DayOfWeek.SUNDAY) {
      day = wanted == day.lengthOfMonth() ? day.minusDays(2) : day.plusDays(1);
    }
    return date.equals(day);
  }

  private static Predicate<LocalDate> ofWeek(String text, CronField field) {
    List<Predicate<LocalDate>> any = new ArrayList<>();
    for (String item : text.split(",", -1)) {
      Matcher nth = NTH.matcher(item);
      Matcher last = LAST_OF_KIND.matcher(item);
      if (item.equals("L")) {
        any.add(date -> number(date) == 7);
      } else if (nth.matches()) {
        int wanted = field.number(nth.group(1), text);
        int count = Integer.parseInt(nth.group(2));
        any.add(date -> number(date) == wanted && (date.getDayOfMonth() + 6) / 7 == count);
      } else if (last.matches()) {
        int wanted = field.number(last.group(1), text);
        any.add(date -> number(date) == wanted && date.getDayOfMonth() + 7 > date.lengthOfMonth());
      } else {
        BitSet numbers = field.parse(item);
        any.add(date -> numbers.get(number(date)));
      }
    }
    return date -> any.stream().anyMatch(one -> one.test(date));
  }

  /** Quartz's number: Sunday is 1. */
  private static int number(LocalDate date) {
    return date.getDayOfWeek().getValue() % 7 + 1;
  }
}
