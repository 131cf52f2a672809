/** Quartz cron expressions: when a schedule is due. */
@Export
@Version("1.0.0")
package org.penstock.api.cron;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
