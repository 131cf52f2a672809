/** Kura's WatchdogService over systemd and /dev/watchdog; the state of the cloud connections. */
package org.penstock.core.system.watchdog;
