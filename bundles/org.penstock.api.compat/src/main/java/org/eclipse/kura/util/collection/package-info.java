/** Makers of collections. */
@Export
@Version("1.0.0")
package org.eclipse.kura.util.collection;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
