package org.penstock.cloud.mqtt;

import java.util.concurrent.CompletableFuture;

/**
 * One client of a broker, MQTT 3.1.1 or 5; serves several connections in turn when it keeps its
 * session. Any thread may call. The only types that know Paho are those that implement this.
 */
interface Client {

  /** What a client tells, in the library's threads; nobody may block in it. */
  interface Sink {
    /** The connection is gone, with the reason. */
    void lost(Throwable cause);

    void arrived(String topic, byte[] payload, int qos, boolean retained);

    /**
     * A message is done.
     *
     * @param id 0 for QoS 0
     * @param size of its payload, or 0
     * @param delivered the broker has it
     * @param refusal why the broker does not want it, in words; empty otherwise
     */
    void done(int id, int size, boolean delivered, String refusal);
  }

  /** Connects; completes with: the broker knew the session. */
  CompletableFuture<Boolean> connect(Sink sink) throws ClientException;

  boolean isConnected();

  /**
   * Hands over a message; does not wait.
   *
   * @return its id, 0 for QoS 0
   */
  int publish(String topic, byte[] payload, int qos, boolean retain) throws ClientException;

  /** Subscribes, and waits for the broker. */
  void subscribe(String filter, int qos) throws ClientException;

  /** Unsubscribes, and waits for the broker. */
  void unsubscribe(String filter) throws ClientException;

  /** Sends what waits, for so long, and disconnects in order; 0.8 s more at most. */
  void disconnect(long quiesceMs) throws ClientException;

  /** How many unconfirmed messages the broker takes; 65535 when it does not say. */
  int receiveMaximum();

  /** Ends an attempt to connect, or a connection, at once. */
  void abort();

  /** Ends everything. */
  void close();
}
