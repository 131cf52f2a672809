package org.penstock.console.rest;

import java.util.List;

/** The JSON of Kura's {@code identity/v1} and {@code identity/v2}, field by field. */
final class IdentityJson {

  /** A name of an identity or a permission. */
  record Name(String name) {}

  /** The permissions of an identity. */
  record Permissions(List<Name> permissions) {}

  /** The password of an identity; {@code password} only in requests. */
  record Password(Boolean passwordChangeNeeded, Boolean passwordAuthEnabled, String password) {}

  /** What add-ons keep for an identity. */
  record Additional(List<ConfigurationJson.Component> configurations) {}

  /** One identity; parts that were not asked for are absent. */
  record Identity(
      Name identity,
      Permissions permissionConfiguration,
      Password passwordConfiguration,
      Additional additionalConfigurations) {}

  /** Which parts of which identity. */
  record Wish(Name identity, List<String> configurationComponents) {}

  /** What a new password must have. */
  record Requirements(
      int passwordMinimumLength,
      boolean digitsRequired,
      boolean specialCharactersRequired,
      boolean bothCasesRequired) {}

  /** One identity of the first version. */
  record User(
      String userName,
      Boolean passwordAuthEnabled,
      Boolean passwordChangeNeeded,
      List<String> permissions,
      String password) {}

  /** Identities of the first version. */
  record Users(List<User> userConfig) {}

  /** Names of permissions, of the first version. */
  record Names(List<String> permissions) {}

  private IdentityJson() {}
}
