/** Bluetooth Low Energy beacons: sending, scanning and decoding advertisements. */
@Export
@Version("1.1.0")
package org.eclipse.kura.bluetooth.le.beacon;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
