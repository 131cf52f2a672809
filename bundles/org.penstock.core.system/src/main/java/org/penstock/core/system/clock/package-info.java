/** Kura's ClockService, and whether the clock can be believed. */
package org.penstock.core.system.clock;
