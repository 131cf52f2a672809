/** Kura's asset superclass and its companions, for add-ons that build assets of their own. */
@Export
@Version("2.1.0")
package org.eclipse.kura.asset.provider;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
