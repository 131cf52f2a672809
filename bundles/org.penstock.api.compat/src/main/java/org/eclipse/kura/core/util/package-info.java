/** Reading of resources. */
@Export
@Version("2.0.0")
package org.eclipse.kura.core.util;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
