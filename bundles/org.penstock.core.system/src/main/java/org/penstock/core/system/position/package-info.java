/** Kura's PositionService: a fixed position, or gpsd's. */
package org.penstock.core.system.position;
