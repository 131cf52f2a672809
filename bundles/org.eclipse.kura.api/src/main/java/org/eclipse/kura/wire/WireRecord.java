package org.eclipse.kura.wire;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.eclipse.kura.type.TypedValue;
import org.osgi.annotation.versioning.ProviderType;

/** Typed values by name, as they travel along wires. */
@Immutable
@ThreadSafe
@ProviderType
public class WireRecord {

  private final Map<String, TypedValue<?>> properties;

  public WireRecord(Map<String, TypedValue<?>> properties) {
    this.properties =
        Collections.unmodifiableMap(requireNonNull(properties, "the properties must not be null"));
  }

  public Map<String, TypedValue<?>> getProperties() {
    return properties;
  }
}
