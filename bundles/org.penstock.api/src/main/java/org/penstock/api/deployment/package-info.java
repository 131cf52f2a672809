/** Installing, updating and removing bundles and packages as transactions. */
@Export
@Version("1.0.0")
package org.penstock.api.deployment;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
