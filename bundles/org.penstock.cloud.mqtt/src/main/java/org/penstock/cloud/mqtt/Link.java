package org.penstock.cloud.mqtt;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/**
 * One connection, from the attempt to its end. A client that keeps its session serves several links
 * in turn. Any thread may call.
 */
final class Link {

  /** Bytes that may wait in Paho's memory; one larger message may go alone. */
  private static final long MOST_WAITING_BYTES = 8L << 20;

  private static final long CLOSE_MS = 800;

  private final Session session;
  private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicBoolean refused = new AtomicBoolean();
  private final AtomicBoolean up = new AtomicBoolean();

  /**
   * A client, and the name that its tokens carry.
   *
   * @param used it served a link before
   */
  record Session(MqttAsyncClient client, String id, Sockets sockets, boolean used) {

    Session again() {
      return new Session(client, id, sockets, true);
    }

    void close() throws MqttException {
      sockets.abort();
      client.close(true);
    }
  }

  Link(Session session) {
    this.session = session;
  }

  Session session() {
    return session;
  }

  /**
   * Connects, and waits for that.
   *
   * @return the broker knew the session, and this client has served it before
   * @throws MqttException it failed, or {@link #abort} was called
   */
  boolean open(MqttConnectOptions options, MqttCallback events) throws MqttException {
    session.client().setCallback(events);
    session.client().connect(options, null, new Answer(opened));
    try {
      // connecting and waiting for the broker's answer each have the time-out
      return opened.get(2L * options.getConnectionTimeout() + 1, TimeUnit.SECONDS)
          && session.used();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof MqttException m ? m : new MqttException(e.getCause());
    } catch (TimeoutException e) {
      throw new MqttException(MqttException.REASON_CODE_CLIENT_TIMEOUT, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MqttException(MqttException.REASON_CODE_CLIENT_DISCONNECTING, e);
    }
  }

  /** Ends an attempt to connect at once. */
  void abort() {
    opened.completeExceptionally(new MqttException(MqttException.REASON_CODE_CLIENT_DISCONNECTING));
    session.sockets().abort();
  }

  /** True once: the connection is told to be up. */
  boolean rise() {
    return session.client().isConnected() && up.compareAndSet(false, true);
  }

  /** True if it was up and is not from now on. */
  boolean fall() {
    return up.compareAndSet(true, false);
  }

  boolean connected() {
    return up.get() && session.client().isConnected();
  }

  /** Hands a message to the client; does not wait. */
  IMqttToken publish(String topic, MqttMessage message) throws MqttException {
    int size = message.getPayload().length;
    if (waitingBytes.addAndGet(size) > Math.max(MOST_WAITING_BYTES, size)) {
      waitingBytes.addAndGet(-size);
      refused.set(true);
      throw new MqttException(MqttException.REASON_CODE_MAX_INFLIGHT);
    }
    try {
      return session.client().publish(topic, message, size, null);
    } catch (MqttException | IllegalArgumentException e) {
      waitingBytes.addAndGet(-size);
      if (e instanceof MqttException m
          && m.getReasonCode() == MqttException.REASON_CODE_MAX_INFLIGHT) {
        refused.set(true);
      }
      throw e;
    }
  }

  /**
   * A message of this link is done.
   *
   * @return whoever was refused for want of room should hear of it
   */
  boolean done(IMqttToken token) {
    if (token.getUserContext() instanceof Integer size) {
      waitingBytes.addAndGet(-size);
    }
    return refused.compareAndSet(true, false);
  }

  /** Sends what waits, for so long, and disconnects in order; 1.6 s more at most. */
  void disconnect(long quiesceMs) throws MqttException {
    if (!session.client().isConnected()) {
      return;
    }
    try {
      session.client().disconnect(quiesceMs).waitForCompletion(quiesceMs + CLOSE_MS);
    } finally {
      if (session.client().isConnected()) {
        session.client().disconnectForcibly(0, CLOSE_MS, false);
      }
    }
  }

  /** Completes with: the broker knew the session. */
  private record Answer(CompletableFuture<Boolean> opened) implements IMqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
      opened.complete(token.getSessionPresent());
    }

    @Override
    public void onFailure(IMqttToken token, Throwable error) {
      opened.completeExceptionally(error);
    }
  }
}
