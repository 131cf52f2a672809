package org.penstock.driver.kit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.api.driver.LinkState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the state of one link and says when the next try to connect is due. It has no thread and
 * opens nothing: the driver asks {@link #tryToConnect} when it needs the link, connects, and tells
 * what came of it. One line is logged when the link comes or goes, none in between. The back-off goes
 * by what has elapsed, since the clock may be set meanwhile. Any thread may call.
 */
public final class LinkSupervisor {

  private static final Logger LOG = LoggerFactory.getLogger(LinkSupervisor.class);

  private final Object lock = new Object();
  private final String name;
  private final BackOff backOff;
  private final Clock clock;
  private final RandomGenerator random;
  private final LongSupplier nanos;
  private Condition now; // guarded by lock

  private record Condition(LinkState state, boolean trying, int failures, long nextTry) {}

  /**
   * A supervisor on the system's clock.
   *
   * @param name what the log and the health page call it: {@code driver/modbus/<instance pid>} and the
   *     address of the other end
   */
  public LinkSupervisor(String name, BackOff backOff) {
    this(name, backOff, Clock.systemUTC(), RandomGenerator.getDefault(), System::nanoTime);
  }

  LinkSupervisor(
      String name, BackOff backOff, Clock clock, RandomGenerator random, LongSupplier nanos) {
    this.name = name;
    this.backOff = backOff;
    this.clock = clock;
    this.random = random;
    this.nanos = nanos;
    LinkState unknown = new LinkState(LinkState.Phase.UNKNOWN, "", clock.instant());
    this.now = new Condition(unknown, false, 0, nanos.getAsLong());
  }

  /** The name given at creation. */
  public String name() {
    return name;
  }

  /** The state now. */
  public LinkState state() {
    synchronized (lock) {
      return now.state();
    }
  }

  /**
   * Asks for the right to connect now. The one that gets true must call {@link #online} or {@link
   * #offline} afterwards; until then, and while the back-off runs, all others get false.
   */
  public boolean tryToConnect() {
    synchronized (lock) {
      if (now.trying() || now.nextTry() - nanos.getAsLong() > 0) {
        return false;
      }
      now = new Condition(now.state(), true, now.failures(), now.nextTry());
      return true;
    }
  }

  /** The link stands. Ends the back-off. */
  public void online() {
    synchronized (lock) {
      LinkState state = now.state();
      if (!state.online()) {
        state = new LinkState(LinkState.Phase.ONLINE, "", clock.instant());
        LOG.info("{} is online", name);
      }
      now = new Condition(state, false, 0, nanos.getAsLong());
    }
  }

  /**
   * The link could not be made or was lost; starts or lengthens the back-off.
   *
   * @param reason what is wrong and, where known, what to do
   */
  public void offline(String reason) {
    synchronized (lock) {
      Instant since = now.state().since();
      if (now.state().phase() != LinkState.Phase.OFFLINE) {
        LOG.warn("{} is offline: {}", name, reason);
        since = clock.instant();
      }
      int failures = now.failures() + 1;
      LinkState state = new LinkState(LinkState.Phase.OFFLINE, reason, since);
      long nextTry = nanos.getAsLong() + backOff.delay(failures, random).toNanos();
      now = new Condition(state, false, failures, nextTry);
    }
  }

  /** How long until the next try is allowed; zero when now. */
  public Duration untilNextTry() {
    synchronized (lock) {
      Duration left = Duration.ofNanos(now.nextTry() - nanos.getAsLong());
      return left.isNegative() ? Duration.ZERO : left;
    }
  }

  /** The error for a request that cannot be made because the link is offline; empty when it is not. */
  public Optional<DriverException> refusal() {
    LinkState state = state();
    if (state.phase() != LinkState.Phase.OFFLINE) {
      return Optional.empty();
    }
    String text = "offline since " + state.since() + ": " + state.reason();
    return Optional.of(new DriverException(ErrorKind.RETRIABLE, name, text));
  }
}
