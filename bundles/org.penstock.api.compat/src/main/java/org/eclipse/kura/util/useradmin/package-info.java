/** Identities and permissions as roles of the user admin service. */
@Export
@Version("1.1.0")
package org.eclipse.kura.util.useradmin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
