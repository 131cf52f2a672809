/** Kura's SslManagerService: TLS contexts over key stores, with failures in words. */
package org.penstock.core.security.tls;
