/** Durable state: atomic replacement of files and segmented append-only logs. */
@Export
@Version("1.5.0")
package org.penstock.api.storage;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
