/** Devices that Linux announces. */
@Export
@Version("1.0.1")
package org.eclipse.kura.linux.udev;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
