/** The expression language, for those who use it: formulas of virtual channels, rules, alarms. */
@Export
@Version("1.1.0")
package org.penstock.api.expression;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
