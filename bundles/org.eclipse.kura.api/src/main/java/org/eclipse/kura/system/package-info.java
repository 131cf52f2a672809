@Export
@Version("1.9.0")
package org.eclipse.kura.system;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
