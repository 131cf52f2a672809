/** Kura's key stores in files: entries, keys, signing requests, revocation lists. */
package org.penstock.core.security.keystore;
