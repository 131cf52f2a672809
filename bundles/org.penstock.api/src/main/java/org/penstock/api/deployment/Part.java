package org.penstock.api.deployment;

/**
 * One bundle of an installed package.
 *
 * @param symbolicName of the bundle
 * @param version of the bundle
 * @param sha256 of its jar, hexadecimal
 * @param location in the framework
 */
public record Part(String symbolicName, String version, String sha256, String location) {}
