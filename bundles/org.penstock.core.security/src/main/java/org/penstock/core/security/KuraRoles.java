package org.penstock.core.security;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.useradmin.Group;
import org.osgi.service.useradmin.Role;
import org.osgi.service.useradmin.User;
import org.osgi.service.useradmin.UserAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the identities of a Kura snapshot: users that are not here yet, with their hash, which
 * becomes a slow salted one at their first login. Who is here already stays as he is.
 */
@Component(
    name = KuraRolesConfig.PID,
    service = ConfigurableComponent.class,
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = {"kura.service.pid=" + KuraRolesConfig.PID, "kura.ui.service.hide=true"})
@Designate(ocd = KuraRolesConfig.class)
public final class KuraRoles implements ConfigurableComponent {

  private static final Logger LOG = LoggerFactory.getLogger(KuraRoles.class);
  private static final String USER = "kura.user.";
  private static final String PERMISSION = "kura.permission.";

  private final Identities identities;

  /** Called by the component runtime. */
  @Activate
  public KuraRoles(KuraRolesConfig config, @Reference UserAdmin admin, @Reference RoleStore store) {
    identities = new Identities(admin, store);
    updated(config, Map.of());
  }

  /** Called by the component runtime. */
  @Modified
  public void updated(KuraRolesConfig config, Map<String, Object> properties) {
    try {
      Map<String, Role> roles =
          RoleFile.read(
              RoleFile.join(config.roles_config(), config.users_config(), config.groups_config()));
      Set<String> taken = take(roles);
      if (!taken.isEmpty()) {
        identities.save();
        LOG.info("identities taken over from a Kura snapshot: {}", taken);
      }
    } catch (JsonParseException | IllegalStateException | IOException e) {
      LOG.error("identities in {} are not taken over: {}", KuraRolesConfig.PID, e.getMessage());
    }
  }

  private Set<String> take(Map<String, Role> roles) {
    Map<String, Set<String>> permissions = new TreeMap<>();
    for (Role role : roles.values()) {
      if (role instanceof Group group && role.getName().startsWith(PERMISSION)) {
        String permission = role.getName().substring(PERMISSION.length());
        identities.createPermission(permission);
        Role[] members = group.getMembers();
        for (Role member : members == null ? new Role[0] : members) {
          permissions.computeIfAbsent(member.getName(), n -> new TreeSet<>()).add(permission);
        }
      }
    }
    Set<String> taken = new TreeSet<>();
    for (Role role : roles.values()) {
      if (role.getType() == Role.USER && role.getName().startsWith(USER)) {
        String name = role.getName().substring(USER.length());
        if (identities.create(name)) {
          Object hash = ((User) role).getCredentials().get("kura.password");
          identities.setHash(name, Optional.ofNullable(hash).map(Object::toString));
          identities.setChangeNeeded(
              name, "true".equals("" + role.getProperties().get("kura.need.password.change")));
          identities.setPermissions(name, permissions.getOrDefault(role.getName(), Set.of()));
          taken.add(name);
        }
      }
    }
    return taken;
  }
}
