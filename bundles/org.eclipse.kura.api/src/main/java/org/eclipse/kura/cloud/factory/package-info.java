@Export
@Version("1.1.1")
package org.eclipse.kura.cloud.factory;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
