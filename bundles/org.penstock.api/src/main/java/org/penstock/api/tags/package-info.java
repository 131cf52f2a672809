/** Channels of assets as tables: import with a dry run, templates, export. */
@Export
@Version("1.0.0")
package org.penstock.api.tags;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
