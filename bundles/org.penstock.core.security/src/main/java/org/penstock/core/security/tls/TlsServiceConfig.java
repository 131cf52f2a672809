package org.penstock.core.security.tls;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Configuration of TLS connections that the gateway opens. */
@ObjectClassDefinition(
    id = TlsService.PID,
    name = "TLS of outgoing connections",
    description = "Keys, trusted certificates and rules for connections that the gateway opens.")
public @interface TlsServiceConfig {

  /** Oldest version of TLS. */
  @AttributeDefinition(
      name = "Oldest version of TLS",
      description = "This and newer versions are used. Older ones than 1.2 are broken: none.",
      options = {
        @Option(label = "1.2", value = "TLSv1.2"),
        @Option(label = "1.3", value = "TLSv1.3")
      },
      required = false)
  String ssl_default_protocol() default "TLSv1.2";

  /** The peer's name must be in its certificate. */
  @AttributeDefinition(
      name = "Check the host name",
      description = "The peer's host name must stand in its certificate.",
      required = false)
  boolean ssl_hostname_verification() default true;

  /** Where own keys are. */
  @AttributeDefinition(
      name = "Key store",
      description = "The key store service with the gateway's own keys.",
      required = false)
  String KeystoreService_target() default "(kura.service.pid=changeme)";

  /** Where trusted certificates are. */
  @AttributeDefinition(
      name = "Trust store",
      description =
          "The key store service with trusted certificates; when there is none, those in the key"
              + " store, and when it has none, those of the Java installation.",
      required = false)
  String TruststoreKeystoreService_target() default "(kura.service.pid=changeme)";

  /** Cipher suites. */
  @AttributeDefinition(
      name = "Cipher suites",
      description = "Separated by commas; empty: those that Java thinks safe.",
      required = false)
  String ssl_default_cipherSuites() default "";

  /** Revocation is checked. */
  @AttributeDefinition(
      name = "Check revocation",
      description = "Refuses peers whose certificate was revoked.",
      required = false)
  boolean ssl_revocation_check_enabled() default false;

  /** How it is checked. */
  @AttributeDefinition(
      name = "How revocation is checked",
      description = "By asking the issuer (OCSP) or by revocation lists (CRL).",
      options = {
        @Option(label = "OCSP, else lists", value = "PREFER_OCSP"),
        @Option(label = "Lists, else OCSP", value = "PREFER_CRL"),
        @Option(label = "Lists only", value = "CRL_ONLY")
      },
      required = false)
  String ssl_revocation_mode() default "PREFER_OCSP";

  /** A peer passes when nobody knows. */
  @AttributeDefinition(
      name = "Pass when unknown",
      description = "A peer passes when its revocation can't be found out.",
      required = false)
  boolean ssl_revocation_soft_fail() default false;
}
