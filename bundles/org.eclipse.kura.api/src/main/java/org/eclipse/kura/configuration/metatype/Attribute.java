package org.eclipse.kura.configuration.metatype;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A value in a metatype document. */
@ProviderType
public interface Attribute {

  List<String> getValue();

  String getAdref();

  String getContent();
}
