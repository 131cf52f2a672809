/** Bluetooth Low Energy adapters, devices and their attributes. */
@Export
@Version("1.3.0")
package org.eclipse.kura.bluetooth.le;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
