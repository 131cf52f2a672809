/** What a durable outbox can do beyond Kura's DataService: publishers of their own, durability, order. */
@Export
@Version("1.1.0")
package org.penstock.api.outbox;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
