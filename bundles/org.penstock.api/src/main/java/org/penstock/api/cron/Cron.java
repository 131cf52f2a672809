package org.penstock.api.cron;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;

/**
 * A time table in Quartz's syntax: seconds, minutes, hours, day of month, month, day of week and,
 * if given, year. Unchangeable.
 *
 * <p>When clocks go forward, what falls into the missing hour comes an hour later. When they go
 * back, the doubled hour counts twice for tables of every hour, else once.
 */
public final class Cron {

  private static final int YEARS_AHEAD = 100;
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 2199;
  private static final String MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC";
  private static final String DAYS = "SUN MON TUE WED THU FRI SAT";

  private final BitSet seconds;
  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet months;
  private final BitSet years;
  private final CronDays days;

  private Cron(String[] fields) {
    seconds = new CronField("seconds", 0, 59, "").parse(fields[0]);
    minutes = new CronField("minutes", 0, 59, "").parse(fields[1]);
    hours = new CronField("hours", 0, 23, "").parse(fields[2]);
    months = new CronField("month", 1, 12, MONTHS).parse(fields[4]);
    days =
        new CronDays(
            fields[3],
            fields[5],
            new CronField("day of month", 1, 31, ""),
            new CronField("day of week", 1, 7, DAYS));
    years =
        new CronField("year", FIRST_YEAR, LAST_YEAR, "")
            .parse(fields.length == 7 ? fields[6] : "*");
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException when it is none, with the field and what is allowed there
   */
  public static Cron parse(String expression) {
    String[] fields = expression.strip().toUpperCase(Locale.ROOT).split("\\s+");
    if (fields.length != 6 && fields.length != 7) {
      throw new IllegalArgumentException(
          "cron expression '%s' has %d fields, must have 6 or 7: seconds minutes hours day-of-month month day-of-week [year]"
              .formatted(expression.strip(), expression.isBlank() ? 0 : fields.length));
    }
    try {
      return new Cron(fields);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "cron expression '" + expression.strip() + "': " + wrong.getMessage(), wrong);
    }
  }

  /** The first time after the given one; empty when there is none within 100 years. */
  public Optional<Instant> next(Instant after, ZoneId zone) {
    ZonedDateTime now = after.atZone(zone);
    if (hours.cardinality() < 24) {
      return onceADay(now).map(ZonedDateTime::toInstant);
    }
    Optional<Instant> usual =
        nextLocal(now.toLocalDateTime())
            .map(local -> ZonedDateTime.ofLocal(local, zone, now.getOffset()).toInstant());
    ZoneOffsetTransition change = zone.getRules().nextTransition(after);
    if (change == null || !change.isOverlap()) {
      return usual;
    }
    Optional<Instant> repeated =
        nextLocal(change.getDateTimeAfter().minusSeconds(1))
            .map(local -> ZonedDateTime.ofLocal(local, zone, change.getOffsetAfter()).toInstant());
    return repeated.filter(time -> usual.isEmpty() || time.isBefore(usual.get())).or(() -> usual);
  }

  private Optional<ZonedDateTime> onceADay(ZonedDateTime now) {
    LocalDateTime from = now.toLocalDateTime();
    if (!now.getOffset().equals(now.withEarlierOffsetAtOverlap().getOffset())) {
      ZoneOffsetTransition change = now.getZone().getRules().getTransition(from);
      from = change.getDateTimeBefore().minusSeconds(1); // the second pass: all was in the first
    }
    return nextLocal(from).map(local -> local.atZone(now.getZone()).withEarlierOffsetAtOverlap());
  }

  private Optional<LocalDateTime> nextLocal(LocalDateTime after) {
    LocalDateTime from = after.withNano(0).plusSeconds(1);
    LocalDate date = from.toLocalDate();
    LocalDate end = date.plusYears(YEARS_AHEAD);
    LocalTime earliest = from.toLocalTime();
    while (date.isBefore(end)) {
      if (!fits(years, date.getYear())) {
        date = LocalDate.of(date.getYear() + 1, 1, 1);
      } else if (!months.get(date.getMonthValue())) {
        date = date.withDayOfMonth(1).plusMonths(1);
      } else {
        Optional<LocalTime> time =
            days.includes(date)
                ? nextTime(date.equals(from.toLocalDate()) ? earliest : LocalTime.MIN)
                : Optional.empty();
        if (time.isPresent()) {
          return Optional.of(date.atTime(time.get()));
        }
        date = date.plusDays(1);
      }
    }
    return Optional.empty();
  }

  private static boolean fits(BitSet years, int year) {
    return year >= 0 && years.get(year);
  }

  private Optional<LocalTime> nextTime(LocalTime from) {
    for (int hour = hours.nextSetBit(from.getHour());
        hour >= 0;
        hour = hours.nextSetBit(hour + 1)) {
      boolean sameHour = hour == from.getHour();
      int minute = minutes.nextSetBit(sameHour ? from.getMinute() : 0);
      for (; minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
        boolean sameMinute = sameHour && minute == from.getMinute();
        int second = seconds.nextSetBit(sameMinute ? from.getSecond() : 0);
        if (second >= 0) {
          return Optional.of(LocalTime.of(hour, minute, second));
        }
      }
    }
    return Optional.empty();
  }
}
