/** Passwords, the device key and crypto, the server's certificate. */
package org.penstock.core.security;
