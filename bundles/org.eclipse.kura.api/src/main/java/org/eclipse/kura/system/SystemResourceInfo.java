package org.eclipse.kura.system;

import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.osgi.annotation.versioning.ProviderType;

/** An installed thing: name, version and kind. */
@Immutable
@ThreadSafe
@ProviderType
public class SystemResourceInfo {

  private final String name;
  private final String version;
  private final SystemResourceType type;
  private final String typeString;

  public SystemResourceInfo(String name) {
    this(name, "", SystemResourceType.UNKNOWN);
  }

  public SystemResourceInfo(String name, String version, String typeString) {
    this(name, version, typeOf(typeString), typeString);
  }

  public SystemResourceInfo(String name, String version, SystemResourceType type) {
    this(name, version, type, type.name());
  }

  private SystemResourceInfo(
      String name, String version, SystemResourceType type, String typeString) {
    this.name = name;
    this.version = version;
    this.type = type;
    this.typeString = typeString;
  }

  public String getName() {
    return name;
  }

  public String getVersion() {
    return version;
  }

  public SystemResourceType getType() {
    return type;
  }

  public String getTypeString() {
    return typeString;
  }

  private static SystemResourceType typeOf(String text) {
    for (SystemResourceType candidate : SystemResourceType.values()) {
      if (candidate.name().equalsIgnoreCase(text)) {
        return candidate;
      }
    }
    return SystemResourceType.UNKNOWN;
  }
}
