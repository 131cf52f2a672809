/** Containers and their images. */
@Export
@Version("1.3.0")
package org.eclipse.kura.container.orchestration;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
