package org.eclipse.kura.container.orchestration;

import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Which image to pull, from whom, and how long to wait for it. */
@ProviderType
public class ImageConfiguration {

  private final String imageName;
  private final String imageTag;
  private final Optional<RegistryCredentials> registryCredentials;
  private final int imageDownloadTimeoutSeconds;

  private ImageConfiguration(ImageConfigurationBuilder builder) {
    imageName = builder.imageName;
    imageTag = builder.imageTag;
    registryCredentials = builder.registryCredentials;
    imageDownloadTimeoutSeconds = builder.imageDownloadTimeoutSeconds;
  }

  public String getImageName() {
    return imageName;
  }

  public String getImageTag() {
    return imageTag;
  }

  public Optional<RegistryCredentials> getRegistryCredentials() {
    return registryCredentials;
  }

  public int getimageDownloadTimeoutSeconds() {
    return imageDownloadTimeoutSeconds;
  }

  public static ImageConfigurationBuilder builder() {
    return new ImageConfigurationBuilder();
  }

  @Override
  public int hashCode() {
    return Objects.hash(imageName, imageTag, registryCredentials, imageDownloadTimeoutSeconds);
  }

  @Override
  public boolean equals(Object object) {
    if (this == object) {
      return true;
    }
    if (object == null || getClass() != object.getClass()) {
      return false;
    }
    ImageConfiguration other = (ImageConfiguration) object;
    return Objects.equals(imageName, other.imageName)
        && Objects.equals(imageTag, other.imageTag)
        && Objects.equals(registryCredentials, other.registryCredentials)
        && imageDownloadTimeoutSeconds == other.imageDownloadTimeoutSeconds;
  }

  /** Collects the parts of an ImageConfiguration. */
  public static final class ImageConfigurationBuilder {

    private String imageName;
    private String imageTag;
    private Optional<RegistryCredentials> registryCredentials = Optional.empty();
    private int imageDownloadTimeoutSeconds = 500;

    public ImageConfigurationBuilder setImageName(String imageName) {
      this.imageName = imageName;
      return this;
    }

    public ImageConfigurationBuilder setImageTag(String imageTag) {
      this.imageTag = imageTag;
      return this;
    }

    public ImageConfigurationBuilder setRegistryCredentials(
        Optional<RegistryCredentials> registryCredentials) {
      this.registryCredentials = registryCredentials;
      return this;
    }

    public ImageConfigurationBuilder setImageDownloadTimeoutSeconds(
        int imageDownloadTimeoutSeconds) {
      this.imageDownloadTimeoutSeconds = imageDownloadTimeoutSeconds;
      return this;
    }

    public ImageConfiguration build() {
      return new ImageConfiguration(this);
    }
  }
}
