package org.eclipse.kura.ai.inference;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The name, type, format, shape and parameters of a tensor. */
@ProviderType
public class TensorDescriptor {

  private final String name;
  private final String type;
  private final Optional<String> format;
  private final List<Long> shape;
  private final Map<String, Object> parameters;

  public TensorDescriptor(
      String name,
      String type,
      Optional<String> format,
      List<Long> shape,
      Map<String, Object> parameters) {
    this.name = requireNonNull(name, "the name must not be null");
    this.type = requireNonNull(type, "the type must not be null");
    this.format = requireNonNull(format, "the format must not be null");
    this.shape = requireNonNull(shape, "the shape must not be null");
    this.parameters = requireNonNull(parameters, "the parameters must not be null");
  }

  public static TensorDescriptorBuilder builder(String name, String type, List<Long> shape) {
    return new TensorDescriptorBuilder(name, type, shape);
  }

  public TensorDescriptorBuilder toBuilder() {
    return TensorDescriptorBuilder.fromTensorDescriptor(this);
  }

  public String getName() {
    return name;
  }

  public String getType() {
    return type;
  }

  public Optional<String> getFormat() {
    return format;
  }

  public List<Long> getShape() {
    return shape;
  }

  public Map<String, Object> getParameters() {
    return parameters;
  }
}
