/** The web console's static files, over HTTPS. */
package org.penstock.console.web;
