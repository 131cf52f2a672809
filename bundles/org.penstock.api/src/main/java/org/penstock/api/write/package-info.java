/** Writing to channels with a source: who may, who holds a channel, hand and automatic. */
@Export
@Version("1.0.0")
package org.penstock.api.write;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
