package org.penstock.core.configuration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.SelfConfiguringComponent;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.OCD;
import org.penstock.api.configuration.StoredConfiguration;

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

  boolean isStored() {
    return service instanceof StoredConfiguration;
  }

  /**
   * What the component says about itself, or empty when it fails or breaks the rules: its pid is not
   * its own, or a value is not of its attribute's type. Runs the component's code: hold no lock.
   *
   * @param complain is told what is wrong, in words
   */
  Optional<ComponentConfiguration> ownConfiguration(Consumer<String> complain) {
    if (!(service instanceof SelfConfiguringComponent component)) {
      return Optional.empty();
    }
    FutureTask<ComponentConfiguration> asking = new FutureTask<>(component::getConfiguration);
    asking.run(); // foreign code: whatever it throws comes out of get()
    try {
      ComponentConfiguration own = asking.get();
      Optional<String> fault = own == null ? Optional.of("it gave none") : fault(own);
      fault.ifPresent(text -> complain.accept("its own configuration is not used: " + text));
      return fault.isPresent() ? Optional.empty() : Optional.of(own);
    } catch (ExecutionException e) {
      complain.accept("asked for its configuration, it failed with " + e.getCause());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Optional<String> fault(ComponentConfiguration own) {
    if (!pid.equals(own.getPid())) {
      return Optional.of("its pid there is " + own.getPid());
    }
    OCD definition = own.getDefinition();
    if (definition == null) {
      return Optional.of("it has no definition");
    }
    Map<String, Object> properties = own.getConfigurationProperties();
    for (AD attribute : properties == null ? List.<AD>of() : definition.getAD()) {
      Object value = properties.get(attribute.getId());
      ValueType type = ValueType.of(attribute.getType());
      if (value != null && !ValueType.of(value).equals(Optional.of(type))) {
        return Optional.of(
            attribute.getId()
                + " is a "
                + value.getClass().getSimpleName()
                + ", not a "
                + type.text());
      }
    }
    return Optional.empty();
  }
}
