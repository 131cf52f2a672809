package org.penstock.core.deployment;

/**
 * One bundle that was put into the framework by a transaction.
 *
 * @param symbolicName of the bundle
 * @param version of the bundle
 * @param sha256 of its content in the store
 * @param location in the framework
 * @param modified the framework's time stamp of that content: another one means that something else
 *     was put there since
 */
record Holding(
    String symbolicName, String version, String sha256, String location, long modified) {}
