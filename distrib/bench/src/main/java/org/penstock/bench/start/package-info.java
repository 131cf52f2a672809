/** How long a gateway takes from nothing to work, and what it costs. */
package org.penstock.bench.start;
