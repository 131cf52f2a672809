package org.eclipse.kura.ai.inference;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A machine-learning model: its name, platform, version, parameters, and the tensors it takes and gives. */
@ProviderType
public class ModelInfo {

  private final String name;
  private final Optional<String> platform;
  private final Optional<String> version;
  private final Map<String, Object> parameters;
  private final List<TensorDescriptor> inputs;
  private final List<TensorDescriptor> outputs;

  protected ModelInfo(
      String name,
      Optional<String> platform,
      Optional<String> version,
      Map<String, Object> parameters,
      List<TensorDescriptor> inputs,
      List<TensorDescriptor> outputs) {
    this.name = requireNonNull(name, "the name must not be null");
    this.platform = requireNonNull(platform, "the platform must not be null");
    this.version = requireNonNull(version, "the version must not be null");
    this.parameters = requireNonNull(parameters, "the parameters must not be null");
    this.inputs = requireNonNull(inputs, "the inputs must not be null");
    this.outputs = requireNonNull(outputs, "the outputs must not be null");
  }

  public static ModelInfoBuilder builder(String name) {
    return new ModelInfoBuilder(name);
  }

  public ModelInfoBuilder toBuilder() {
    return ModelInfoBuilder.fromModelInfo(this);
  }

  public String getName() {
    return name;
  }

  public Optional<String> getPlatform() {
    return platform;
  }

  public Optional<String> getVersion() {
    return version;
  }

  public Map<String, Object> getParameters() {
    return parameters;
  }

  public List<TensorDescriptor> getInputs() {
    return inputs;
  }

  public List<TensorDescriptor> getOutputs() {
    return outputs;
  }
}
