/**
 * A pumping station that exists only here: an inlet, a tank, two pumps and a valve. Pure classes move it from one
 * moment to the next; {@link org.penstock.demo.plant.Plant} puts it behind Modbus TCP, in a process of its own.
 */
package org.penstock.demo.plant;
