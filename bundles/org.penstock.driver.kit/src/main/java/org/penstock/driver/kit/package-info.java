/**
 * What a driver needs besides the API: channel descriptors, settings of a channel, a supervisor for
 * its link, grouping of requests, conversion of bytes, and counting. Nothing here starts a thread.
 */
@Export
@Version("1.0.0")
package org.penstock.driver.kit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
