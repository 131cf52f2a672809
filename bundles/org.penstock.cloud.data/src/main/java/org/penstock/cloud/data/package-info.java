/** The data service and its durable outbox. */
package org.penstock.cloud.data;
