/** Descriptions of key store entries, and reading of keys and certificates. */
@Export
@Version("1.1.0")
package org.eclipse.kura.core.keystore.util;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
