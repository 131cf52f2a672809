/** The edge node of Sparkplug B 3.0: births and deaths, sequence numbers, aliases, primary host. */
package org.penstock.cloud.connection.sparkplug;
