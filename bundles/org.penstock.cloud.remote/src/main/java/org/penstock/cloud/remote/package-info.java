/** Kura's remote requests over a cloud connection. */
package org.penstock.cloud.remote;
