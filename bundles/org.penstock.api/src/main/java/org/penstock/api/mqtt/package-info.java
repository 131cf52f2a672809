/** MQTT for drivers whose devices speak it: a link to one broker, apart from all cloud connections. */
@Export
@Version("1.1.0")
package org.penstock.api.mqtt;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
