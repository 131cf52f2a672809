package org.penstock.field.asset;

import java.util.Locale;
import java.util.Map;
import org.eclipse.kura.audit.AuditConstants;
import org.eclipse.kura.audit.AuditContext;
import org.penstock.api.write.WriteSource;

/** Who writes through Kura's interface, which does not ask: the caller's audit context tells. Pure. */
final class WriteSources {

  private WriteSources() {}

  /** By the door through which the call came; nobody's calls count as those of the wire graph. */
  static WriteSource of(AuditContext context) {
    Map<String, String> properties = context.getProperties();
    String door =
        properties.getOrDefault(
            AuditConstants.KEY_ENTRY_POINT.getValue(),
            AuditConstants.ENTRY_POINT_INTERNAL.getValue());
    String identity = properties.get(AuditConstants.KEY_IDENTITY.getValue());
    String owner = identity == null || identity.isBlank() ? door : identity;
    return new WriteSource(kind(door.toLowerCase(Locale.ROOT)), owner.isBlank() ? "?" : owner);
  }

  private static WriteSource.Kind kind(String door) {
    if (door.contains("cloud") || door.contains("mqtt") || door.contains("requesthandler")) {
      return WriteSource.Kind.CLOUD;
    }
    boolean person = door.contains("rest") || door.contains("web") || door.contains("console");
    return person ? WriteSource.Kind.OPERATOR : WriteSource.Kind.WIRE;
  }
}
