/** Bundles, filters and services. */
@Export
@Version("1.1.0")
package org.eclipse.kura.util.osgi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
