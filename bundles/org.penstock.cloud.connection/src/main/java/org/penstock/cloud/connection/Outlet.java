package org.penstock.cloud.connection;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.data.DataService;
import org.eclipse.kura.message.KuraPayload;
import org.penstock.api.outbox.DurableOutbox;
import org.penstock.api.outbox.OutboxMessage;
import org.penstock.cloud.connection.codec.PayloadForm;

/** The data service that an endpoint speaks through, while there is one. Any thread may call. */
final class Outlet {

  private static final long QUIESCE_MS = 1000;

  private final String name;
  private final AtomicReference<DataService> service = new AtomicReference<>();
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  Outlet(String name) {
    this.name = name;
  }

  void use(DataService now) {
    service.set(now);
  }

  /** True when it was this one. */
  boolean leave(DataService gone) {
    return service.compareAndSet(gone, null);
  }

  boolean connected() {
    return present().map(DataService::isConnected).orElse(false);
  }

  Optional<DataService> present() {
    return Optional.ofNullable(service.get());
  }

  /**
   * The data service.
   *
   * @throws KuraException SERVICE_UNAVAILABLE: there is none
   */
  DataService need() throws KuraException {
    return present()
        .orElseThrow(
            () ->
                new KuraException(
                    KuraErrorCode.SERVICE_UNAVAILABLE,
                    name + " has no data service; check DataService.target"));
  }

  /** Connects by hand, unless it is connected. */
  void connect() throws KuraConnectException {
    try {
      DataService target = need();
      if (!target.isConnected()) {
        target.connect();
      }
    } catch (KuraConnectException e) {
      throw e;
    } catch (KuraException e) {
      throw new KuraConnectException(e, e.getMessage());
    }
  }

  /** Disconnects by hand. */
  void disconnect() {
    present().ifPresent(target -> target.disconnect(QUIESCE_MS));
  }

  /** Encodes and stores a message; gives its id. */
  int send(String topic, KuraPayload payload, PayloadForm form, Delivery delivery)
      throws KuraException {
    return sendRaw(topic, form.encode(payload), delivery);
  }

  /** Stores bytes as they are; gives their id. */
  int sendRaw(String topic, byte[] payload, Delivery delivery) throws KuraException {
    try {
      int id = store(topic, payload, delivery);
      published.incrementAndGet();
      return id;
    } catch (KuraException e) {
      refused.incrementAndGet();
      throw e;
    }
  }

  private int store(String topic, byte[] payload, Delivery delivery) throws KuraException {
    DataService target = need();
    int qos = delivery.qos();
    Delivery.Storing storing = delivery.storing();
    return target instanceof DurableOutbox outbox
        ? outbox.publish(
            new OutboxMessage(
                storing.publisher(),
                topic,
                payload,
                qos,
                delivery.retain(),
                delivery.priority(),
                storing.forQos(qos),
                storing.newestFirst()))
        : target.publish(topic, payload, qos, delivery.retain(), delivery.priority());
  }

  long published() {
    return published.get();
  }

  long refused() {
    return refused.get();
  }
}
