/** The one layer through which durable state is written. */
package org.penstock.core.storage;
