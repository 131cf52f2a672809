@Export
@Version("1.0.0")
package org.eclipse.kura.core.configuration.metatype;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
