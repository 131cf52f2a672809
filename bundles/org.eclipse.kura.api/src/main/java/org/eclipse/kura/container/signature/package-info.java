/** Signatures of container images. */
@Export
@Version("1.0.0")
package org.eclipse.kura.container.signature;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
