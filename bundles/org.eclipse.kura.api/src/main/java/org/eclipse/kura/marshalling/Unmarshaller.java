package org.eclipse.kura.marshalling;

import java.io.InputStream;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Turns text into objects. */
@ProviderType
public interface Unmarshaller {

  <T> T unmarshal(String name, Class<T> type) throws KuraException;

  <T> T unmarshal(InputStream inputStream, Class<T> type) throws KuraException;
}
