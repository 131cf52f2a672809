package org.penstock.core.configuration;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.SelfConfiguringComponent;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.OCD;

/**
 * One component that is there now.
 *
 * @param pid its kura.service.pid
 * @param servicePid its pid in Configuration Admin
 * @param service the component's object
 */
record Active(String pid, String servicePid, Object service) {

  boolean isSelfConfiguring() {
    return service instanceof SelfConfiguringComponent;
  }

  /**
   * What the component says about itself, or empty when it fails or breaks the rules: its pid is not
   * its own, or a value is not of its attribute's type. Runs the component's code: hold no lock.
   */
  Optional<ComponentConfiguration> ownConfiguration() {
    if (!(service instanceof SelfConfiguringComponent component)) {
      return Optional.empty();
    }
    FutureTask<ComponentConfiguration> asking = new FutureTask<>(component::getConfiguration);
    asking.run(); // foreign code: whatever it throws comes out of get()
    try {
      return Optional.ofNullable(asking.get())
          .filter(own -> pid.equals(own.getPid()))
          .filter(Active::isTyped);
    } catch (ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static boolean isTyped(ComponentConfiguration own) {
    OCD definition = own.getDefinition();
    Map<String, Object> properties = own.getConfigurationProperties();
    if (definition == null || properties == null) {
      return definition != null;
    }
    for (AD attribute : definition.getAD()) {
      Object value = properties.get(attribute.getId());
      if (value != null
          && ValueType.of(value).filter(ValueType.of(attribute.getType())::equals).isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
