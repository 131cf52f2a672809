/** Strict checks of configurations, beside Kura's lenient ConfigurationService. */
@Export
@Version("1.0.0")
package org.penstock.api.configuration;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
