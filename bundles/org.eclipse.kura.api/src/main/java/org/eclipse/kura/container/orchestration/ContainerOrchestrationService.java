package org.eclipse.kura.container.orchestration;

import java.util.List;
import java.util.Optional;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.container.orchestration.listener.ContainerOrchestrationServiceListener;
import org.osgi.annotation.versioning.ProviderType;

/** Pulls images, and starts, stops and lists containers. */
@ProviderType
public interface ContainerOrchestrationService {

  List<String> listContainersIds();

  List<ContainerInstanceDescriptor> listContainerDescriptors();

  List<ImageInstanceDescriptor> listImageInstanceDescriptors();

  void deleteImage(String imageId) throws KuraException;

  void pullImage(ImageConfiguration imageConfiguration) throws KuraException, InterruptedException;

  void pullImage(
      String imageName,
      String imageTag,
      int timeoutSeconds,
      Optional<RegistryCredentials> registryCredentials)
      throws KuraException, InterruptedException;

  Optional<String> getContainerIdByName(String name);

  String startContainer(ContainerConfiguration containerConfiguration)
      throws KuraException, InterruptedException;

  void startContainer(String text) throws KuraException;

  void stopContainer(String id) throws KuraException;

  void deleteContainer(String id) throws KuraException;

  void registerListener(ContainerOrchestrationServiceListener listener);

  void unregisterListener(ContainerOrchestrationServiceListener listener);
}
