/** What an update of a driver costs those who use it, and others. */
package org.penstock.bench.deployment;
