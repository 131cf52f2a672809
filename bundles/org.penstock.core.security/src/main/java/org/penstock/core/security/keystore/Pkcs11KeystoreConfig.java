package org.penstock.core.security.keystore;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of one key store on a token. */
@ObjectClassDefinition(
    id = Pkcs11Keystore.PID,
    name = "Key store on a token (PKCS#11)",
    description = "Private keys that never leave a TPM, smart card or HSM. Read only.")
public @interface Pkcs11KeystoreConfig {

  /** The token's library. */
  @AttributeDefinition(
      name = "Library",
      description = "Absolute path of the PKCS#11 library of the token's maker, a .so file.")
  String library_path() default "";

  /** The user's PIN. */
  @AttributeDefinition(
      name = "PIN",
      description = "The PIN of the token's user (not of its security officer).",
      type = AttributeType.PASSWORD,
      required = false)
  String pin() default "";

  /** The slot by its number. */
  @AttributeDefinition(
      name = "Slot",
      description = "The slot's number; -1: by its place in the list of slots.",
      min = "-1",
      required = false)
  int slot() default -1;

  /** The slot by its place. */
  @AttributeDefinition(
      name = "Place in the list of slots",
      description = "From 0; used while Slot is -1.",
      min = "0",
      required = false)
  int slot_list_index() default 0;
}
