/** What assets achieve of their polls beside dead and slow devices, and what a value costs. */
package org.penstock.bench.poller;
