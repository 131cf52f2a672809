/** Checks of texts, such as passwords. */
@Export
@Version("1.0.0")
package org.eclipse.kura.util.validation;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
