package org.eclipse.kura.container.signature;

import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Whether an image's signature holds, and for which digest. */
@ProviderType
public final class ValidationResult {

  private final boolean isSignatureValid;
  private final Optional<String> imageDigest;

  /** A signature that does not hold. */
  public ValidationResult() {
    this.isSignatureValid = false;
    this.imageDigest = Optional.empty();
  }

  /** A valid signature needs a digest. */
  public ValidationResult(boolean isSignatureValid, String imageDigest) {
    if (isSignatureValid && (imageDigest == null || imageDigest.isEmpty())) {
      throw new IllegalArgumentException("a valid signature needs the image's digest");
    }
    this.isSignatureValid = isSignatureValid;
    this.imageDigest = Optional.ofNullable(imageDigest);
  }

  public boolean isSignatureValid() {
    return isSignatureValid;
  }

  public Optional<String> imageDigest() {
    return imageDigest;
  }

  @Override
  public boolean equals(Object object) {
    if (this == object) {
      return true;
    }
    if (object == null || getClass() != object.getClass()) {
      return false;
    }
    ValidationResult other = (ValidationResult) object;
    return isSignatureValid == other.isSignatureValid && imageDigest.equals(other.imageDigest);
  }

  @Override
  public int hashCode() {
    return Objects.hash(isSignatureValid, imageDigest);
  }
}
