package org.penstock.cloud.mqtt;

import java.util.function.Supplier;
import org.penstock.api.mqtt.MqttTransport.Will;
import org.penstock.api.strand.Strand;

/**
 * Whom a client is for.
 *
 * @param uri tcp or ws: TLS is in the sockets
 * @param clientId as the broker knows it
 * @param sockets make the connections
 * @param strand on which the connection's liveliness is looked after
 * @param will is asked before each connection; gives null for the configured one
 */
record Target(String uri, String clientId, Sockets sockets, Strand strand, Supplier<Will> will) {

  /** With the configured will. */
  Target(String uri, String clientId, Sockets sockets, Strand strand) {
    this(uri, clientId, sockets, strand, () -> null);
  }
}
