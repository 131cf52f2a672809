package org.penstock.driver.lorawan.server;

import java.util.concurrent.atomic.AtomicReference;

/** Data that waits for a device, or is on its way. Any thread may look at its state. */
public final class Downlink {

  /** How far it is. */
  public enum State {
    /** Waits for the device to speak. */
    QUEUED,
    /** A gateway has taken it. */
    SENT,
    /** The device has got it. */
    ACKNOWLEDGED,
    /** It will not be sent any more. */
    FAILED
  }

  /**
   * How far it is, and why it failed.
   *
   * @param reason empty unless failed
   */
  public record Status(State state, String reason) {
    @Override
    public String toString() {
      return state.name().toLowerCase(java.util.Locale.ROOT)
          + (reason.isEmpty() ? "" : ": " + reason);
    }
  }

  private final int port;
  private final byte[] bytes;
  private final boolean confirmed;
  private final long expires;
  private final AtomicReference<Status> status =
      new AtomicReference<>(new Status(State.QUEUED, ""));

  /**
   * Data for a device.
   *
   * @param port 1 to 223
   * @param expires epoch milliseconds after which it is not sent any more
   */
  public Downlink(int port, byte[] bytes, boolean confirmed, long expires) {
    this.port = port;
    this.bytes = bytes.clone();
    this.confirmed = confirmed;
    this.expires = expires;
  }

  /** FPort. */
  public int port() {
    return port;
  }

  /** In clear. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The device must answer. */
  public boolean confirmed() {
    return confirmed;
  }

  /** Epoch milliseconds after which it is not sent any more. */
  public long expires() {
    return expires;
  }

  boolean expired(long now) {
    return now > expires;
  }

  /** How far it is now. */
  public Status status() {
    return status.get();
  }

  /** It has come so far. */
  public void become(State state, String reason) {
    status.set(new Status(state, reason));
  }
}
