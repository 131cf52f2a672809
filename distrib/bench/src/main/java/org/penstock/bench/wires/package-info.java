/** Envelopes through chains and fans of wires, beside Node-RED function nodes. */
package org.penstock.bench.wires;
