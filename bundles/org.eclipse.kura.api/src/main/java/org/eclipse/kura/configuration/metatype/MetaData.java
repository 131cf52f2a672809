package org.eclipse.kura.configuration.metatype;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A metatype document. */
@ProviderType
public interface MetaData {

  List<OCD> getOCD();

  List<Designate> getDesignate();

  String getLocalization();
}
