package org.eclipse.kura.ai.inference;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Collects the description of a model. */
@ProviderType
public class ModelInfoBuilder {

  private final String name;
  private Optional<String> platform = Optional.empty();
  private Optional<String> version = Optional.empty();
  private final Map<String, Object> parameters = new HashMap<>();
  private final List<TensorDescriptor> inputs = new ArrayList<>();
  private final List<TensorDescriptor> outputs = new ArrayList<>();

  ModelInfoBuilder(String name) {
    this.name = requireNonNull(name, "the name must not be null");
  }

  public static ModelInfoBuilder fromModelInfo(ModelInfo modelInfo) {
    ModelInfoBuilder builder = new ModelInfoBuilder(modelInfo.getName());
    builder.platform = modelInfo.getPlatform();
    builder.version = modelInfo.getVersion();
    builder.parameters.putAll(modelInfo.getParameters());
    builder.inputs.addAll(modelInfo.getInputs());
    builder.outputs.addAll(modelInfo.getOutputs());
    return builder;
  }

  public ModelInfoBuilder platform(String platform) {
    this.platform = Optional.of(platform);
    return this;
  }

  public ModelInfoBuilder version(String version) {
    this.version = Optional.of(version);
    return this;
  }

  public ModelInfoBuilder addParameter(String name, Object parameter) {
    parameters.put(
        requireNonNull(name, "the name must not be null"),
        requireNonNull(parameter, "the parameter must not be null"));
    return this;
  }

  public ModelInfoBuilder removeParameter(String name) {
    parameters.remove(name);
    return this;
  }

  public ModelInfoBuilder addInputDescriptor(TensorDescriptor inputDescriptor) {
    inputs.add(requireNonNull(inputDescriptor, "the descriptor must not be null"));
    return this;
  }

  public ModelInfoBuilder addAllInputDescriptor(List<TensorDescriptor> inputDescriptors) {
    inputs.addAll(inputDescriptors);
    return this;
  }

  public ModelInfoBuilder removeInputDescriptor(TensorDescriptor inputDescriptor) {
    inputs.remove(inputDescriptor);
    return this;
  }

  public ModelInfoBuilder addOutputDescriptor(TensorDescriptor outputDescriptor) {
    outputs.add(requireNonNull(outputDescriptor, "the descriptor must not be null"));
    return this;
  }

  public ModelInfoBuilder addAllOutputDescriptor(List<TensorDescriptor> outputDescriptors) {
    outputs.addAll(outputDescriptors);
    return this;
  }

  public ModelInfoBuilder removeOutputDescriptor(TensorDescriptor outputDescriptor) {
    outputs.remove(outputDescriptor);
    return this;
  }

  /** A model needs at least one tensor in and one out. */
  public ModelInfo build() {
    if (inputs.isEmpty() || outputs.isEmpty()) {
      throw new IllegalArgumentException("a model needs inputs and outputs");
    }
    return new ModelInfo(
        name, platform, version, Map.copyOf(parameters), List.copyOf(inputs), List.copyOf(outputs));
  }
}
