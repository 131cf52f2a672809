/** The one entry to all REST resources, whether a request came over HTTP or over MQTT. */
@Export
@Version("1.0.0")
package org.penstock.api.rest;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
