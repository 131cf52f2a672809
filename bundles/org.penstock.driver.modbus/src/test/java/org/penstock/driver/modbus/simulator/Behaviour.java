package org.penstock.driver.modbus.simulator;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How the simulator treats one answer.
 *
 * @param kind what is wrong with it
 * @param exception code, for {@link Kind#EXCEPTION}
 * @param delay before it is sent
 */
public record Behaviour(Kind kind, int exception, Duration delay) {

  /** What is wrong with an answer. */
  public enum Kind {
    /** Nothing. */
    NORMAL,
    /** It is not sent; the connection stays. */
    SILENT,
    /** The connection is closed instead. */
    DROP,
    /** Random bytes instead. */
    GARBAGE,
    /** Half of it, then the connection is closed. */
    TRUNCATED,
    /** Another transaction id. */
    BAD_TRANSACTION,
    /** Another unit id. */
    BAD_UNIT,
    /** A length in the header that is not that of the content. */
    BAD_LENGTH,
    /** A byte count that is not that of the values. */
    BAD_COUNT,
    /** One to three bytes before the values changed, cut out or doubled. */
    MUTATED,
    /** Another function code. */
    BAD_FUNCTION,
    /** Twice. */
    DUPLICATE,
    /** In two pieces. */
    SPLIT,
    /** An exception answer. */
    EXCEPTION
  }

  /** Chooses a behaviour for each request. */
  @FunctionalInterface
  public interface Script {

    /**
     * The behaviour for this request.
     *
     * @param unit 0 to 255
     * @param function code of the request
     */
    Behaviour next(int unit, int function);
  }

  /** Answers as it should, at once. */
  public static final Behaviour NORMAL = of(Kind.NORMAL);

  /** This kind, at once. */
  public static Behaviour of(Kind kind) {
    return new Behaviour(kind, 4, Duration.ZERO);
  }

  /** An exception answer. */
  public static Behaviour exception(int code) {
    return new Behaviour(Kind.EXCEPTION, code, Duration.ZERO);
  }

  /** A right answer after some time. */
  public static Behaviour delayed(Duration delay) {
    return new Behaviour(Kind.NORMAL, 0, delay);
  }

  /** Always the same. */
  public static Script always(Behaviour behaviour) {
    return (unit, function) -> behaviour;
  }

  /** This behaviour for one of so many requests, the others as they should. */
  public static Script every(int nth, Behaviour behaviour) {
    AtomicLong count = new AtomicLong();
    return (unit, function) -> count.incrementAndGet() % nth == 0 ? behaviour : NORMAL;
  }

  /** This behaviour for one unit, the others as they should. */
  public static Script unit(int id, Behaviour behaviour) {
    return (unit, function) -> unit == id ? behaviour : NORMAL;
  }
}
