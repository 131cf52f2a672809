/** Who is told of the container engine. */
@Export
@Version("1.0.0")
package org.eclipse.kura.container.orchestration.listener;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
