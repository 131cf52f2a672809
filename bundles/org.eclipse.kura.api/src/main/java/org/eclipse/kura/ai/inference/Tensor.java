package org.eclipse.kura.ai.inference;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The numbers, or other values, that go into a model or come out of it. */
@ProviderType
public class Tensor {

  private final Class<?> type;
  private final TensorDescriptor descriptor;
  private final List<?> data;

  public <T> Tensor(Class<T> type, TensorDescriptor descriptor, List<T> data) {
    this.type = requireNonNull(type, "the type must not be null");
    this.descriptor = requireNonNull(descriptor, "the descriptor must not be null");
    this.data = requireNonNull(data, "the data must not be null");
  }

  public TensorDescriptor getDescriptor() {
    return descriptor;
  }

  /** The values, if they are of that type. */
  @SuppressWarnings("unchecked")
  public <T> Optional<List<T>> getData(Class<T> asType) {
    return asType.isAssignableFrom(type) ? Optional.of((List<T>) data) : Optional.empty();
  }

  public Class<?> getType() {
    return type;
  }
}
