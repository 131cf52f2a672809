package org.penstock.core.security;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Kura's configuration of users and groups, as its snapshots hold it. */
@ObjectClassDefinition(
    id = KuraRolesConfig.PID,
    name = "Identities from a Kura snapshot",
    description = "Taken over when a snapshot of Kura brings them; empty otherwise.")
@interface KuraRolesConfig {

  /** Kura's pid. */
  String PID = "org.eclipse.kura.internal.useradmin.store.RoleRepositoryStoreImpl";

  @AttributeDefinition(name = "Roles", description = "JSON|TextArea", required = false)
  String roles_config() default "";

  @AttributeDefinition(name = "Users", description = "JSON|TextArea", required = false)
  String users_config() default "";

  @AttributeDefinition(name = "Groups", description = "JSON|TextArea", required = false)
  String groups_config() default "";
}
