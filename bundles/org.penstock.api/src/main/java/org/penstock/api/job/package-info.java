/** Long work as jobs: with progress, result and cancel. */
@Export
@Version("1.0.0")
package org.penstock.api.job;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
