package org.penstock.core.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.identity.AdditionalConfigurations;
import org.eclipse.kura.identity.IdentityConfiguration;
import org.eclipse.kura.identity.IdentityConfigurationComponent;
import org.eclipse.kura.identity.configuration.extension.IdentityConfigurationExtension;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** What add-ons keep for each identity beside ours. */
@Component(service = Extensions.class)
public final class Extensions {

  @Reference(
      policy = ReferencePolicy.DYNAMIC,
      cardinality = ReferenceCardinality.MULTIPLE,
      fieldOption = FieldOption.UPDATE)
  private final List<IdentityConfigurationExtension> all = new CopyOnWriteArrayList<>();

  /** Called by the component runtime. */
  @Activate
  public Extensions() {
    // the list is filled by the component runtime
  }

  void add(
      String name,
      Set<Class<? extends IdentityConfigurationComponent>> parts,
      List<IdentityConfigurationComponent> found)
      throws KuraException {
    if (parts.contains(AdditionalConfigurations.class)) {
      List<ComponentConfiguration> configurations = new ArrayList<>();
      for (IdentityConfigurationExtension extension : all) {
        extension.getConfiguration(name).ifPresent(configurations::add);
      }
      found.add(new AdditionalConfigurations(configurations));
    }
  }

  void addDefaults(
      String name,
      Set<Class<? extends IdentityConfigurationComponent>> parts,
      List<IdentityConfigurationComponent> found)
      throws KuraException {
    if (parts.contains(AdditionalConfigurations.class)) {
      List<ComponentConfiguration> configurations = new ArrayList<>();
      for (IdentityConfigurationExtension extension : all) {
        extension.getDefaultConfiguration(name).ifPresent(configurations::add);
      }
      found.add(new AdditionalConfigurations(configurations));
    }
  }

  void validate(IdentityConfiguration wanted) throws KuraException {
    for (ComponentConfiguration configuration : configurations(wanted)) {
      for (IdentityConfigurationExtension extension : all) {
        if (isOf(extension, wanted.getName(), configuration)) {
          extension.validateConfiguration(wanted.getName(), configuration);
        }
      }
    }
  }

  void update(IdentityConfiguration wanted) throws KuraException {
    for (ComponentConfiguration configuration : configurations(wanted)) {
      for (IdentityConfigurationExtension extension : all) {
        if (isOf(extension, wanted.getName(), configuration)) {
          extension.updateConfiguration(wanted.getName(), configuration);
        }
      }
    }
  }

  private static List<ComponentConfiguration> configurations(IdentityConfiguration wanted) {
    return wanted
        .getComponent(AdditionalConfigurations.class)
        .map(AdditionalConfigurations::getConfigurations)
        .orElse(List.of());
  }

  private static boolean isOf(
      IdentityConfigurationExtension extension, String name, ComponentConfiguration configuration)
      throws KuraException {
    Optional<ComponentConfiguration> own = extension.getDefaultConfiguration(name);
    return own.isPresent() && own.get().getPid().equals(configuration.getPid());
  }
}
