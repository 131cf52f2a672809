package org.penstock.driver.modbus;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
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
  private final Duration timeout;
  private final Notation notation;
  private final ReadPlan.Limits limits;
  private final DriverStatistics statistics = new DriverStatistics();
  private final Set<Integer> units = ConcurrentHashMap.newKeySet();

  ModbusSession(Link link, Duration timeout, Notation notation, ReadPlan.Limits limits) {
    this.link = link;
    this.timeout = timeout;
    this.notation = notation;
    this.limits = limits;
  }

  ReadPlan plan(List<ChannelRecord> records) {
    return ReadPlan.of(records, notation, limits);
  }

  /** Reads everything of the plan; completes when all records are filled. Returns at once. */
  CompletableFuture<Void> read(ReadPlan plan) {
    return new ReadRun(this, plan).start();
  }

  /** Writes one after the other, in the order given. Returns at once. */
  CompletableFuture<Void> write(List<ChannelRecord> records) {
    return new WriteRun(this, records, notation).start();
  }

  Exchange exchange(int unit, Request request, Exchange.Handler handler) {
    return new Exchange(this, unit, request, timeout, handler);
  }

  void send(Collection<Exchange> exchanges) {
    for (Exchange exchange : exchanges) {
      statistics.asked();
      units.add(exchange.unit());
    }
    link.send(exchanges);
  }

  DriverStatistics statistics() {
    return statistics;
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

  /** The unit, or its gateway, said no. */
  DriverException refusal(int unit, int code, int function) {
    boolean retriable = ModbusError.of(code).filter(ModbusError::retriable).isPresent();
    return new DriverException(
        retriable ? ErrorKind.RETRIABLE : ErrorKind.REFUSED,
        "unit " + unit,
        ModbusError.describe(code, function));
  }

  /** Whoever waits gets an error; nothing is asked any more. */
  void close() {
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
