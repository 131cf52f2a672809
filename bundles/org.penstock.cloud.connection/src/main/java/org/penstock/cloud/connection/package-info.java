/** Cloud connections: endpoints, publishers, subscribers, life-cycle messages. */
package org.penstock.cloud.connection;
