package org.eclipse.kura.audit;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Who acts, and by which door: properties that belong to the present thread while a scope is open. */
@ProviderType
public class AuditContext {

  private static final ThreadLocal<AuditContext> CURRENT = new ThreadLocal<>();

  private final Map<String, String> properties;

  public AuditContext(Map<String, String> properties) {
    this.properties = requireNonNull(properties, "properties must not be null");
  }

  public Map<String, String> getProperties() {
    return properties;
  }

  public AuditContext copy() {
    return new AuditContext(new HashMap<>(properties));
  }

  public static Optional<AuditContext> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  public static AuditContext currentOrInternal() {
    AuditContext current = CURRENT.get();
    if (current != null) {
      return current;
    }
    Map<String, String> internal = new HashMap<>();
    internal.put(
        AuditConstants.KEY_ENTRY_POINT.getValue(), AuditConstants.ENTRY_POINT_INTERNAL.getValue());
    return new AuditContext(internal);
  }

  public static Scope openScope(AuditContext context) {
    Scope scope = new Scope(CURRENT.get());
    CURRENT.set(requireNonNull(context, "context must not be null"));
    return scope;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    properties.forEach(
        (key, value) -> {
          if (text.length() > 1) {
            text.append(", ");
          }
          text.append(key).append('=').append(value);
        });
    return text.append('}').toString();
  }

  /** Gives the thread back the context that it had before. */
  @ProviderType
  public static class Scope implements AutoCloseable {

    private final AuditContext before;

    private Scope(AuditContext before) {
      this.before = before;
    }

    @Override
    public void close() {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    }
  }
}
