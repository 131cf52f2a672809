package org.penstock.core.security.keystore;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Configuration of one key store. */
@ObjectClassDefinition(
    id = FilesystemKeystore.PID,
    name = "Key store in a file",
    description = "Private keys and trusted certificates in one PKCS12 (or JKS) file.")
public @interface FilesystemKeystoreConfig {

  /** The file. */
  @AttributeDefinition(
      name = "File",
      description = "Relative to <home>/keys; empty: <pid>.p12. It is made when it is missing.",
      required = false)
  String keystore_path() default "";

  /** The store's password. */
  @AttributeDefinition(
      name = "Password",
      description = "A changed password is given to the file.",
      type = AttributeType.PASSWORD,
      required = false)
  String keystore_password() default "changeit";

  /** The password is replaced by a random one. */
  @AttributeDefinition(
      name = "Random password",
      description = "Replaces the password by a random one that only this gateway knows.",
      required = false)
  boolean randomize_password() default false;

  /** Revocation lists are kept. */
  @AttributeDefinition(
      name = "Keep revocation lists",
      description = "Fetches and keeps certificate revocation lists (CRLs).",
      required = false)
  boolean crl_management_enabled() default false;

  /** Where lists come from. */
  @AttributeDefinition(
      name = "CRL addresses",
      description =
          "http, https or file addresses, besides those named in the store's certificates.",
      cardinality = 10,
      required = false)
  String[] crl_urls() default {};

  /** How often lists are fetched. */
  @AttributeDefinition(
      name = "CRL update interval",
      description = "Lists are fetched again after this time.",
      min = "1",
      required = false)
  long crl_update_interval() default 1;

  /** Unit of the above. */
  @AttributeDefinition(
      name = "CRL update interval unit",
      description = "Unit of the update interval.",
      options = {
        @Option(label = "Seconds", value = "SECONDS"),
        @Option(label = "Minutes", value = "MINUTES"),
        @Option(label = "Hours", value = "HOURS"),
        @Option(label = "Days", value = "DAYS")
      },
      required = false)
  String crl_update_interval_time_unit() default "DAYS";

  /** How often it is looked whether a fetch is due. */
  @AttributeDefinition(
      name = "CRL check interval",
      description = "How often it is looked whether a list is missing or due.",
      min = "1",
      required = false)
  long crl_check_interval() default 5;

  /** Unit of the above. */
  @AttributeDefinition(
      name = "CRL check interval unit",
      description = "Unit of the check interval.",
      options = {
        @Option(label = "Seconds", value = "SECONDS"),
        @Option(label = "Minutes", value = "MINUTES"),
        @Option(label = "Hours", value = "HOURS"),
        @Option(label = "Days", value = "DAYS")
      },
      required = false)
  String crl_check_interval_time_unit() default "MINUTES";

  /** Where lists are kept. */
  @AttributeDefinition(
      name = "CRL file",
      description = "Relative to <home>/keys; empty: <pid>.crl.",
      required = false)
  String crl_store_path() default "";

  /** Only lists signed by a trusted certificate are kept. */
  @AttributeDefinition(
      name = "Verify CRLs",
      description = "Keeps only lists that a certificate of this store has signed.",
      required = false)
  boolean verify_crl() default true;
}
