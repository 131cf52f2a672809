package org.penstock.core.security;

import java.lang.annotation.Annotation;

/** The configuration as the component runtime gives it. */
final class KuraRolesTestConfig {

  private KuraRolesTestConfig() {}

  static KuraRolesConfig of(String users, String groups) {
    return new KuraRolesConfig() {
      @Override
      public Class<? extends Annotation> annotationType() {
        return KuraRolesConfig.class;
      }

      @Override
      public String roles_config() {
        return "";
      }

      @Override
      public String users_config() {
        return users;
      }

      @Override
      public String groups_config() {
        return groups;
      }
    };
  }
}
