/** Strands, health, system properties and clock. */
package org.penstock.core.system;
