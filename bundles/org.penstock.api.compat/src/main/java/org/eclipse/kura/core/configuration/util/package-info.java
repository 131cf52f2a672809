/** Reading of metatype files and conversion of configurations. */
@Export
@Version("2.0.0")
package org.eclipse.kura.core.configuration.util;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
