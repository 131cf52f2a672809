/** What the health page shows: the state of each link, store and service, with reason and figures. */
@Export
@Version("1.0.0")
package org.penstock.api.health;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
