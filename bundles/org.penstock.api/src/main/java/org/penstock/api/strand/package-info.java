/** Serial execution over one shared pool: whatever may wait or take long runs on a strand of its own. */
@Export
@Version("1.0.0")
package org.penstock.api.strand;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
