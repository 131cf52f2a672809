/** ConfigurationService, definitions, snapshots and their XML and JSON. */
package org.penstock.core.configuration;
