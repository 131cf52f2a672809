/** Starts the framework from {@code system/NN/*.jar}; a plain jar, no bundle. */
package org.penstock.core.launcher;
