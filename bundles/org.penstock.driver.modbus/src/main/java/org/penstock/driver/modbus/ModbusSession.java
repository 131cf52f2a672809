package org.penstock.driver.modbus;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.api.driver.LinkState;
import org.penstock.driver.kit.DriverStatistics;
import org.penstock.driver.modbus.codec.ModbusError;
import org.penstock.driver.modbus.codec.Notation;
import org.penstock.driver.modbus.codec.Request;
import org.penstock.driver.modbus.link.Exchange;
import org.penstock.driver.modbus.link.Link;

/**
 * What one driver instance wants of its link. Nothing here waits but {@link #await}; answers are
 * filled into the records by the link's thread, which hands them over by completing the stage.
 */
final class ModbusSession {

  private final Link link;
  private final Settings settings;
  private final DriverStatistics statistics = new DriverStatistics();
  private final Lessons lessons;
  private final Set<Integer> units = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * What one instance is configured to.
   *
   * @param pace of requests to one unit
   * @param notation of addresses
   * @param limits of requests
   * @param writes how values are written
   * @param frameLog raw frames kept all the time
   */
  record Settings(
      Exchange.Pace pace,
      Notation notation,
      ReadPlan.Limits limits,
      WriteOptions writes,
      int frameLog) {}

  ModbusSession(Link link, Settings settings) {
    this.link = link;
    this.settings = settings;
    this.lessons = new Lessons(System::nanoTime, link::gap);
  }

  ReadPlan plan(List<ChannelRecord> records) {
    return ReadPlan.of(records, settings.notation(), settings.limits(), lessons);
  }

  /** The same plan, or a better one when something was learned since it was made. */
  ReadPlan refresh(ReadPlan plan) {
    lessons.measure();
    return plan.version() == lessons.version() ? plan : plan.again(settings.limits(), lessons);
  }

  /** Reads everything of the plan; completes when all records are filled. Returns at once. */
  CompletableFuture<Void> read(ReadPlan plan) {
    return new ReadRun(this, plan, false).start();
  }

  /** Reads once, also what was refused before. */
  CompletableFuture<Void> readOnce(List<ChannelRecord> records) {
    return new ReadRun(this, plan(records), true).start();
  }

  /** Nobody answers this block. */
  boolean broadcasts(WriteBlock block) {
    return link.broadcasts(block.first().unit());
  }

  Lessons lessons() {
    return lessons;
  }

  /** Writes one after the other, in the order given. Returns at once. */
  CompletableFuture<Void> write(List<ChannelRecord> records) {
    return new WriteRun(this, records, settings.notation(), settings.writes()).start();
  }

  Exchange exchange(int unit, Request request, Exchange.Handler handler) {
    return new Exchange(this, unit, request, settings.pace(), handler, false);
  }

  /**
   * Asks once, for jobs: silence goes into no log and makes no unit absent.
   *
   * @return the answer's PDU, good or an exception; fails with {@link DriverException}
   */
  CompletableFuture<byte[]> ask(int unit, Request request, Duration limit) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    Exchange.Handler handler =
        new Exchange.Handler() {
          @Override
          public void answered(ByteBuffer pdu, long roundTrip) {
            byte[] bytes = new byte[pdu.remaining()];
            pdu.get(pdu.position(), bytes);
            answer.complete(bytes);
          }

          @Override
          public void failed(DriverException reason) {
            answer.completeExceptionally(reason);
          }
        };
    Exchange.Pace pace =
        new Exchange.Pace(limit, settings.pace().pause(), settings.pace().outstanding());
    link.send(List.of(new Exchange(this, unit, request, pace, handler, true)));
    return answer;
  }

  Settings settings() {
    return settings;
  }

  void send(Collection<Exchange> exchanges) {
    for (Exchange exchange : exchanges) {
      statistics.asked();
      units.add(exchange.unit());
    }
    if (closed.get()) { // what was asked in one call goes on by itself, and must end here
      exchanges.forEach(exchange -> exchange.fail(stopped(exchange)));
    } else {
      link.send(exchanges);
    }
  }

  private static DriverException stopped(Exchange exchange) {
    return new DriverException(
        ErrorKind.RETRIABLE, "unit " + exchange.unit(), "the driver is stopped");
  }

  DriverStatistics statistics() {
    return statistics;
  }

  /** What shows on the health page. */
  Map<String, Object> figures() {
    Map<String, Object> all = new TreeMap<>(statistics.figures());
    all.putAll(link.figures());
    all.putAll(lessons.figures());
    for (int unit : units) {
      LinkState state = link.unitState(unit);
      all.put("unit." + unit, state.phase().name().toLowerCase(java.util.Locale.ROOT));
      all.put("unit." + unit + ".window", link.window(unit));
      if (!state.online()) {
        all.put("unit." + unit + ".reason", state.reason() + " since " + state.since());
      }
    }
    return all;
  }

  Link link() {
    return link;
  }

  /** The link's state, or where the link stands, that of its units when none of them answers. */
  LinkState linkState() {
    LinkState state = link.state();
    if (!state.online()) {
      return state;
    }
    LinkState worst = state;
    for (int unit : units) {
      LinkState one = link.unitState(unit);
      if (one.phase() != LinkState.Phase.OFFLINE) {
        return state;
      }
      worst = one;
    }
    return worst;
  }

  /** The unit, or its gateway, said no to these addresses. */
  DriverException refusal(Place place, int address, int length, int code, int function) {
    boolean retriable = ModbusError.of(code).filter(ModbusError::retriable).isPresent();
    return new DriverException(
        retriable ? ErrorKind.RETRIABLE : ErrorKind.REFUSED,
        place.at(address, length, settings.notation()),
        ModbusError.describe(code, function));
  }

  /** Whoever waits gets an error; nothing is asked any more. */
  void close() {
    closed.set(true);
    link.release(this);
  }

  /** Waits for a read or write; its time limit bounds that. For the blocking methods of Kura. */
  static void await(CompletableFuture<Void> running) throws ConnectionException {
    try {
      running.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof ConnectionException connection) {
        throw connection;
      }
      throw new ConnectionException("unexpected", failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ConnectionException("interrupted", interrupted);
    }
  }
}
