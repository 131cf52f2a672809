/** Counts what arrives, in a process of its own, with code of its own: it shares nothing with the gateway. */
package org.penstock.demo.subscriber;
