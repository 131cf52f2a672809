/** Who asks: authentication of users of the gateway and the permissions they hold. */
@Export
@Version("1.1.0")
package org.penstock.api.security;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
