/** Typed access to properties of a component. */
@Export
@Version("1.0.0")
package org.eclipse.kura.util.configuration;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
