package org.penstock.cloud.mqtt;

import org.penstock.api.strand.Strand;

/**
 * Whom a client is for.
 *
 * @param uri tcp or ws: TLS is in the sockets
 * @param clientId as the broker knows it
 * @param sockets make the connections
 * @param strand on which the connection's liveliness is looked after
 */
record Target(String uri, String clientId, Sockets sockets, Strand strand) {}
