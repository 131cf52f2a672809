/** Serial lines: open, read, write. Nothing here starts a thread or knows a protocol. */
@Export
@Version("1.0.0")
package org.penstock.link.serial;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
