/** Kura's SystemService: properties, paths and what can be found out about the device. */
package org.penstock.core.system.device;
