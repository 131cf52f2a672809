package org.penstock.core.security;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The four roles, and what they mean in permissions. A role is itself a permission that an identity
 * holds; {@code role.operate.north} is the role operate for the assets of the group north.
 */
final class Roles {

  static final List<String> ALL =
      List.of("role.view", "role.operate", "role.engineer", "role.admin");

  /** Kura's own permissions; all exist from the first start on. */
  static final List<String> KURA =
      List.of(
          "kura.admin",
          "kura.cloud.connection.admin",
          "kura.device",
          "kura.maintenance",
          "kura.network.admin",
          "kura.packages.admin",
          "kura.wires.admin",
          "rest.assets",
          "rest.cloudconnection",
          "rest.command",
          "rest.configuration",
          "rest.deploy",
          "rest.identity",
          "rest.inventory",
          "rest.keystores",
          "rest.network.configuration",
          "rest.network.status",
          "rest.position",
          "rest.security",
          "rest.system",
          "rest.tamper.detection",
          "rest.wires.admin");

  private static final List<String> VIEW = List.of("*.read", "rest.position");
  private static final List<String> OPERATE = List.of("*.operate");
  private static final List<String> ENGINEER =
      List.of(
          "*.engineer",
          "rest.assets",
          "rest.cloudconnection",
          "rest.configuration",
          "rest.deploy",
          "rest.inventory",
          "rest.system",
          "rest.wires.admin",
          "kura.cloud.connection.admin",
          "kura.device",
          "kura.packages.admin",
          "kura.wires.admin");

  private Roles() {}

  /** The permissions with those that the roles among them mean. */
  static Set<String> expand(Set<String> permissions) {
    Set<String> all = new TreeSet<>(permissions);
    for (String permission : permissions) {
      if (permission.startsWith("role.")) {
        String[] parts = permission.split("\\.", 3);
        all.addAll(parts.length == 2 ? meaning(permission) : meaning(parts[1], parts[2]));
      }
    }
    return all;
  }

  private static Set<String> meaning(String role) {
    Set<String> meaning = new TreeSet<>();
    int level = ALL.indexOf(role);
    if (level >= 0) {
      meaning.addAll(VIEW);
    }
    if (level >= 1) {
      meaning.addAll(OPERATE);
    }
    if (level >= 2) {
      meaning.addAll(ENGINEER);
    }
    if (level == 3) {
      meaning.add("kura.admin");
    }
    return meaning;
  }

  private static Set<String> meaning(String role, String group) {
    return switch (role) {
      case "view" -> Set.of("assets.read@" + group);
      case "operate", "engineer", "admin" ->
          Set.of("assets.read@" + group, "assets.operate@" + group);
      default -> Set.of();
    };
  }
}
