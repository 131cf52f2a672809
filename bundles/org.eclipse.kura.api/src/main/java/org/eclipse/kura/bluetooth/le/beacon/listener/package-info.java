/** Who is told of beacons. */
@Export
@Version("1.0.0")
package org.eclipse.kura.bluetooth.le.beacon.listener;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
