package org.penstock.field.asset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.channel.listener.ChannelEvent;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Tscalar;
import org.eclipse.kura.driver.ChannelDescriptor;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.PreparedRead;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;

/** A driver that answers from a table, blocking as Kura's drivers do; and can be held up. */
class FakeDriver implements Driver {

  final Map<String, Object> device = new ConcurrentHashMap<>();
  final List<ChannelRecord> lastRead = new CopyOnWriteArrayList<>();
  final List<ChannelRecord> written = new CopyOnWriteArrayList<>();
  final Map<ChannelListener, Map<String, Object>> listeners = new ConcurrentHashMap<>();
  final AtomicInteger reads = new AtomicInteger();
  final AtomicInteger atOnce = new AtomicInteger();
  final AtomicInteger mostAtOnce = new AtomicInteger();
  final AtomicInteger connects = new AtomicInteger();
  final AtomicInteger preparedOpen = new AtomicInteger();
  final AtomicReference<Object> descriptor = new AtomicReference<>(List.of(address()));
  final AtomicReference<ConnectionException> broken = new AtomicReference<>();
  final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);
  final CountDownLatch held = new CountDownLatch(1);
  private final boolean prepares;

  FakeDriver(boolean prepares) {
    this.prepares = prepares;
  }

  private static Tad address() {
    Tad ad = new Tad();
    ad.setId("address");
    ad.setName("Address");
    ad.setDescription("where");
    ad.setType(Tscalar.INTEGER);
    ad.setRequired(true);
    ad.setCardinality(0);
    ad.setDefault("7");
    return ad;
  }

  /** From now on reads and writes hang until {@link #release}. */
  void hold() {
    gate.drainPermits();
  }

  void release() {
    gate.release(Integer.MAX_VALUE / 2);
  }

  @Override
  public void connect() {
    connects.incrementAndGet();
  }

  @Override
  public void disconnect() {}

  @Override
  public ChannelDescriptor getChannelDescriptor() {
    return descriptor::get;
  }

  @Override
  public void read(List<ChannelRecord> records) throws ConnectionException {
    pass();
    reads.incrementAndGet();
    lastRead.clear();
    lastRead.addAll(records);
    records.forEach(this::fill);
  }

  void pass() throws ConnectionException {
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    try {
      if (!gate.tryAcquire()) {
        held.countDown();
        gate.acquire();
      }
    } catch (InterruptedException stopped) {
      throw new ConnectionException("interrupted", stopped);
    } finally {
      atOnce.decrementAndGet();
    }
    if (broken.get() != null) {
      throw broken.get();
    }
  }

  private void fill(ChannelRecord record) {
    Object value = device.get(record.getChannelName());
    record.setTimestamp(1_000);
    if (value instanceof ChannelStatus status) {
      record.setChannelStatus(status);
    } else if (value != null) {
      record.setValue(typed(value));
      record.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
    }
  }

  private static TypedValue<?> typed(Object value) {
    return TypedValues.newTypedValue(value);
  }

  @Override
  public void write(List<ChannelRecord> records) throws ConnectionException {
    pass();
    for (ChannelRecord record : records) {
      written.add(record);
      record.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
      record.setTimestamp(1_000);
    }
  }

  @Override
  public void registerChannelListener(Map<String, Object> config, ChannelListener listener) {
    listeners.put(listener, config);
  }

  @Override
  public void unregisterChannelListener(ChannelListener listener) {
    listeners.remove(listener);
  }

  /** The device reports a value by itself. */
  void report(String channel, Object value) {
    ChannelRecord record = ChannelRecord.createReadRecord(channel, typed(value).getType());
    record.setValue(typed(value));
    record.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
    record.setTimestamp(2_000);
    listeners.forEach(
        (listener, config) -> {
          if (channel.equals(config.get("+name"))) {
            listener.onChannelEvent(new ChannelEvent(record));
          }
        });
  }

  @Override
  public PreparedRead prepareRead(List<ChannelRecord> records) {
    if (!prepares) {
      throw new UnsupportedOperationException();
    }
    preparedOpen.incrementAndGet();
    List<ChannelRecord> mine = new ArrayList<>(records);
    return new PreparedRead() {
      @Override
      public List<ChannelRecord> execute() throws ConnectionException {
        read(mine);
        return mine;
      }

      @Override
      public List<ChannelRecord> getChannelRecords() {
        return mine;
      }

      @Override
      public void close() {
        preparedOpen.decrementAndGet();
      }
    };
  }
}
