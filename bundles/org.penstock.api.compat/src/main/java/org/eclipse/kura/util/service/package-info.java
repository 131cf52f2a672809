/** Short uses of services. */
@Export
@Version("1.2.0")
package org.eclipse.kura.util.service;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
