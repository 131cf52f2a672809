/** Unpacking of zip files. */
@Export
@Version("1.0.0")
package org.eclipse.kura.util.zip;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
