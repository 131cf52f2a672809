package org.eclipse.kura.ai.inference;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Collects the description of a tensor. */
@ProviderType
public class TensorDescriptorBuilder {

  private final String name;
  private final String type;
  private final List<Long> shape;
  private Optional<String> format = Optional.empty();
  private final Map<String, Object> parameters = new HashMap<>();

  TensorDescriptorBuilder(String name, String type, List<Long> shape) {
    this.name = requireNonNull(name, "the name must not be null");
    this.type = requireNonNull(type, "the type must not be null");
    this.shape = requireNonNull(shape, "the shape must not be null");
  }

  public static TensorDescriptorBuilder fromTensorDescriptor(TensorDescriptor descriptor) {
    TensorDescriptorBuilder builder =
        new TensorDescriptorBuilder(
            descriptor.getName(), descriptor.getType(), descriptor.getShape());
    builder.format = descriptor.getFormat();
    builder.parameters.putAll(descriptor.getParameters());
    return builder;
  }

  public TensorDescriptorBuilder format(String format) {
    this.format = Optional.of(format);
    return this;
  }

  public TensorDescriptorBuilder addParameter(String name, Object parameter) {
    parameters.put(
        requireNonNull(name, "the name must not be null"),
        requireNonNull(parameter, "the parameter must not be null"));
    return this;
  }

  public TensorDescriptorBuilder removeParameter(String name) {
    parameters.remove(name);
    return this;
  }

  public TensorDescriptor build() {
    return new TensorDescriptor(name, type, format, List.copyOf(shape), Map.copyOf(parameters));
  }
}
