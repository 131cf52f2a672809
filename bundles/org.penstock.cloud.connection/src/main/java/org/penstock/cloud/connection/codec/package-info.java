/** Payload forms, as pure functions. */
package org.penstock.cloud.connection.codec;
