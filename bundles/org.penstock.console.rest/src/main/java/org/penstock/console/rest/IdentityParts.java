package org.penstock.console.rest;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.eclipse.kura.identity.AdditionalConfigurations;
import org.eclipse.kura.identity.AssignedPermissions;
import org.eclipse.kura.identity.IdentityConfiguration;
import org.eclipse.kura.identity.IdentityConfigurationComponent;
import org.eclipse.kura.identity.IdentityService;
import org.eclipse.kura.identity.PasswordConfiguration;
import org.eclipse.kura.identity.Permission;
import org.penstock.console.rest.IdentityJson.Identity;
import org.penstock.console.rest.IdentityJson.Name;
import org.penstock.console.rest.IdentityJson.Wish;

/** Identities of the Java API to JSON and back. */
final class IdentityParts {

  static final Set<Class<? extends IdentityConfigurationComponent>> ALL =
      Set.of(
          PasswordConfiguration.class, AssignedPermissions.class, AdditionalConfigurations.class);

  private IdentityParts() {}

  static Identity json(IdentityConfiguration identity) {
    return new Identity(
        new Name(identity.getName()),
        identity.getComponent(AssignedPermissions.class).map(IdentityParts::json).orElse(null),
        identity
            .getComponent(PasswordConfiguration.class)
            .map(
                p ->
                    new IdentityJson.Password(
                        p.isPasswordChangeNeeded(), p.isPasswordAuthEnabled(), null))
            .orElse(null),
        identity
            .getComponent(AdditionalConfigurations.class)
            .map(
                a ->
                    new IdentityJson.Additional(
                        a.getConfigurations().stream().map(Definitions::component).toList()))
            .orElse(null));
  }

  private static IdentityJson.Permissions json(AssignedPermissions permissions) {
    return new IdentityJson.Permissions(names(permissions.getPermissions()));
  }

  static List<Name> names(Set<Permission> permissions) {
    return permissions.stream().map(Permission::getName).sorted().map(Name::new).toList();
  }

  static IdentityConfiguration configuration(Identity json) {
    List<IdentityConfigurationComponent> parts = new ArrayList<>();
    IdentityJson.Password password = json.passwordConfiguration();
    if (password != null) {
      parts.add(
          new PasswordConfiguration(
              isTrue(password.passwordChangeNeeded()),
              isTrue(password.passwordAuthEnabled()),
              Optional.ofNullable(password.password()).map(String::toCharArray),
              Optional.empty()));
    }
    if (json.permissionConfiguration() != null
        && json.permissionConfiguration().permissions() != null) {
      parts.add(
          new AssignedPermissions(
              json.permissionConfiguration().permissions().stream()
                  .map(IdentityParts::permission)
                  .collect(Collectors.toSet())));
    }
    if (json.additionalConfigurations() != null
        && json.additionalConfigurations().configurations() != null) {
      parts.add(
          new AdditionalConfigurations(
              json.additionalConfigurations().configurations().stream()
                  .map(
                      c ->
                          (org.eclipse.kura.configuration.ComponentConfiguration)
                              new ComponentConfigurationImpl(
                                  c.pid(), null, ConfigurationResource.properties(c)))
                  .toList()));
    }
    return new IdentityConfiguration(given(json.identity()), parts);
  }

  private static boolean isTrue(Boolean flag) {
    return flag != null && flag;
  }

  static Permission permission(Name name) {
    return new Permission(given(name));
  }

  static String given(Name name) {
    if (name == null || name.name() == null) {
      throw new BadRequestException("the name is missing; give {\"name\":\"..\"}");
    }
    return name.name();
  }

  /** The parts that are wished for; all when nothing is said. */
  static Set<Class<? extends IdentityConfigurationComponent>> parts(Wish wish) {
    if (wish.configurationComponents() == null) {
      return ALL;
    }
    Set<Class<? extends IdentityConfigurationComponent>> parts = new LinkedHashSet<>();
    for (String name : wish.configurationComponents()) {
      parts.add(
          ALL.stream()
              .filter(c -> c.getSimpleName().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new BadRequestException(
                          "component "
                              + name
                              + ": one of AssignedPermissions PasswordConfiguration"
                              + " AdditionalConfigurations")));
    }
    return parts;
  }

  static IdentityConfiguration find(IdentityService service, Wish wish) throws KuraException {
    String name = given(wish.identity());
    return service
        .getIdentityConfiguration(name, parts(wish))
        .orElseThrow(() -> new NotFoundException("there is no identity " + name));
  }
}
