/** Scripts of users, kept from the gateway and within bounds of time and memory. */
@Export
@Version("1.0.0")
package org.penstock.api.script;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
