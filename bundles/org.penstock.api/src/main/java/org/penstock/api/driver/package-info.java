/** What a driver can say beyond Kura's contract: asynchronous reads, error kinds, link state, quality. */
@Export
@Version("1.2.0")
package org.penstock.api.driver;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
