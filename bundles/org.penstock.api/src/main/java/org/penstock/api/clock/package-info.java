/** Whether the box's clock can be believed. */
@Export
@Version("1.0.0")
package org.penstock.api.clock;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
