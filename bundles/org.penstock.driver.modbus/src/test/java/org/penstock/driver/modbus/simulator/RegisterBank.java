package org.penstock.driver.modbus.simulator;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntUnaryOperator;

/**
 * 65,536 registers or bits of one kind of a simulated unit. At first all exist, are 0 and can be
 * written. Any thread may call.
 */
public final class RegisterBank {

  /** Called after a client has written, in the connection's thread, with no lock held. */
  @FunctionalInterface
  public interface WriteListener {

    /**
     * One value was written.
     *
     * @param address zero-based
     * @param value 0 to 65535, of a bit 0 or 1
     */
    void written(int address, int value);
  }

  private static final int SIZE = 0x10000;

  private final int[] values = new int[SIZE]; // guarded by this
  private final BitSet holes = new BitSet(SIZE); // guarded by this
  private final BitSet fixed = new BitSet(SIZE); // guarded by this
  private final List<WriteListener> listeners = new CopyOnWriteArrayList<>();
  private final int mask;
  private volatile IntUnaryOperator source;

  RegisterBank(int mask) {
    this.mask = mask;
  }

  /** The value now. */
  public synchronized int get(int address) {
    IntUnaryOperator computed = source;
    return (computed == null ? values[address] : computed.applyAsInt(address)) & mask;
  }

  /** Sets a value, as the plant does; no listener hears it. */
  public synchronized void set(int address, int value) {
    values[address] = value & mask;
  }

  /** Sets the bytes of a number, text or block from this address on, two in each register. */
  public synchronized void set(int address, byte[] bytes) {
    for (int i = 0; i + 1 < bytes.length; i += 2) {
      values[address + i / 2] = (bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff;
    }
  }

  /** Sets a FLOAT32, most significant register first. */
  public void setFloat(int address, float value) {
    setInt(address, Float.floatToIntBits(value));
  }

  /** Sets an INT32, most significant register first. */
  public synchronized void setInt(int address, int value) {
    set(address, value >>> 16);
    set(address + 1, value);
  }

  /** A FLOAT32, most significant register first. */
  public synchronized float getFloat(int address) {
    return Float.intBitsToFloat(get(address) << 16 | get(address + 1));
  }

  /** From now on values are computed from their address, and writes change nothing. */
  public void compute(IntUnaryOperator valueOfAddress) {
    source = valueOfAddress;
  }

  /** Only these addresses exist; others are answered with exception 2. */
  public synchronized void only(int from, int to) {
    holes.set(0, SIZE);
    holes.clear(from, to + 1);
  }

  /** These addresses do not exist; a request that touches one is answered with exception 2. */
  public synchronized void missing(int from, int to) {
    holes.set(from, to + 1);
  }

  /** These addresses exist (again). */
  public synchronized void existing(int from, int to) {
    holes.clear(from, to + 1);
  }

  /** These addresses cannot be written; a write is answered with exception 2. */
  public synchronized void readOnly(int from, int to) {
    fixed.set(from, to + 1);
  }

  /** Adds a listener of writes. */
  public void onWrite(WriteListener listener) {
    listeners.add(listener);
  }

  synchronized boolean has(int address, int count) {
    return address + count <= SIZE && nextIn(holes, address) >= address + count;
  }

  synchronized boolean mayWrite(int address, int count) {
    return has(address, count) && nextIn(fixed, address) >= address + count;
  }

  void write(int address, int... written) {
    synchronized (this) {
      for (int i = 0; i < written.length; i++) {
        values[address + i] = written[i] & mask;
      }
    }
    for (WriteListener listener : listeners) {
      for (int i = 0; i < written.length; i++) {
        listener.written(address + i, written[i] & mask);
      }
    }
  }

  /** All values of a range at one moment. */
  synchronized int[] read(int address, int count) {
    if (source == null) {
      return Arrays.copyOfRange(values, address, address + count);
    }
    int[] result = new int[count];
    Arrays.setAll(result, i -> get(address + i));
    return result;
  }

  private static int nextIn(BitSet set, int from) {
    int next = set.nextSetBit(from);
    return next < 0 ? Integer.MAX_VALUE : next;
  }
}
