/** Engines that run machine-learning models. */
@Export
@Version("1.0.0")
package org.eclipse.kura.ai.inference;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
