/** The dispatcher over Jakarta REST resources, its HTTP door, and the resources of the core. */
package org.penstock.console.rest;
