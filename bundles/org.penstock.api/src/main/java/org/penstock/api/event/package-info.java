/** What happens in the gateway, for whoever watches it now: the console, a script. */
@Export
@Version("1.0.0")
package org.penstock.api.event;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
