/** Values of assets as payloads that anybody can read: JSON by template, CSV, raw. Pure functions. */
package org.penstock.cloud.connection.form;
