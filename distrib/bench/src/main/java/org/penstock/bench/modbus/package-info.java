/** The Modbus driver beside the C library libmodbus, against the rig's simulator. */
package org.penstock.bench.modbus;
