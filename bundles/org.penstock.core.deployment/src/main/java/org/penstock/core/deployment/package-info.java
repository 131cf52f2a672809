/** Watches {@code <home>/deploy} and installs, updates and removes bundles while the rest runs. */
package org.penstock.core.deployment;
