package org.eclipse.kura.configuration.metatype;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The object of a designation. */
@ProviderType
public interface TObject {

  List<Attribute> getAttribute();

  String getOcdref();
}
