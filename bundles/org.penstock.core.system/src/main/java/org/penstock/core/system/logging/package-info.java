/** Levels of the log. */
package org.penstock.core.system.logging;
