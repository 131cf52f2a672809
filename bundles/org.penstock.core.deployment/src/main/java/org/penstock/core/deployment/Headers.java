package org.penstock.core.deployment;

import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Values of manifests' headers; one that is none is refused with header, value and what is allowed. */
final class Headers {

  private Headers() {}

  static VersionRange range(String file, String header, String value) throws Refusal {
    try {
      return new VersionRange(value);
    } catch (IllegalArgumentException e) {
      throw malformed(file, header, value, "a version such as 1.2, or a range such as [1.2,2)", e);
    }
  }

  /** The version as it is written by all others. */
  static String version(String file, String header, String value) throws Refusal {
    try {
      return Version.parseVersion(value).toString();
    } catch (IllegalArgumentException e) {
      throw malformed(file, header, value, "a version such as 1, 1.2, 1.2.3 or 1.2.3.beta", e);
    }
  }

  /** A symbolic name without what follows it. */
  static String name(String file, String header, String value) throws Refusal {
    String name = name(value);
    if (name.isEmpty()) {
      throw malformed(file, header, value, "a name such as org.example.driver", null);
    }
    return name;
  }

  /** The same of a header that is checked later; empty when there is none. */
  static String name(String value) {
    return value == null ? "" : value.split(";", 2)[0].trim();
  }

  static Refusal malformed(
      String file, String header, String value, String allowed, Throwable cause) {
    String text =
        file
            + ": the header "
            + header
            + " is '"
            + value
            + "'; allowed is "
            + allowed
            + ": correct it and build the file again";
    return new Refusal(text, cause);
  }
}
