package org.eclipse.kura.system;

import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.osgi.annotation.versioning.ProviderType;

/** An installed thing: name, version and kind. */
@Immutable
@ThreadSafe
@ProviderType
public class SystemResourceInfo {

  private String name;
  private String version;
  private SystemResourceType type;
  private String typeString;

  public SystemResourceInfo(String name) {
    this(name, "", SystemResourceType.UNKNOWN);
  }

  public SystemResourceInfo(String name, String name2, String name3) {
    this(name, name2, typeOf(name3));
  }

  public SystemResourceInfo(String name, String name2, SystemResourceType systemResourceType) {
    this.name = name;
    this.version = name2;
    this.type = systemResourceType;
    this.typeString = systemResourceType.name();
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
