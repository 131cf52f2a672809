package org.eclipse.kura.wire.graph;

import java.util.List;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Finds kinds of wire components. */
@ProviderType
public interface WireComponentDefinitionService {

  List<WireComponentDefinition> getComponentDefinitions() throws KuraException;
}
