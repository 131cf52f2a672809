/** Strict checks of configurations, snapshots with names, timed changes: what Kura lacks. */
@Export
@Version("1.4.0")
package org.penstock.api.configuration;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
