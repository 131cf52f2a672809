/** The outbox and the road to a broker beside SQLite and a bare Paho loop. */
package org.penstock.bench.cloud;
