package org.eclipse.kura.container.signature;

import org.eclipse.kura.KuraException;
import org.eclipse.kura.container.orchestration.ImageInstanceDescriptor;
import org.eclipse.kura.container.orchestration.RegistryCredentials;
import org.osgi.annotation.versioning.ProviderType;

/** Checks who signed an image. */
@ProviderType
public interface ContainerSignatureValidationService {

  ValidationResult verify(
      String imageName, String imageReference, String trustAnchor, boolean verifyInTransparencyLog)
      throws KuraException;

  ValidationResult verify(
      String imageName,
      String imageReference,
      String trustAnchor,
      boolean verifyInTransparencyLog,
      RegistryCredentials credentials)
      throws KuraException;

  ValidationResult verify(
      ImageInstanceDescriptor imageDescriptor, String trustAnchor, boolean verifyInTransparencyLog)
      throws KuraException;

  ValidationResult verify(
      ImageInstanceDescriptor imageDescriptor,
      String trustAnchor,
      boolean verifyInTransparencyLog,
      RegistryCredentials credentials)
      throws KuraException;
}
