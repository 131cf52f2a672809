package org.eclipse.kura.marshalling;

import java.io.OutputStream;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Turns objects into text. */
@ProviderType
public interface Marshaller {

  String marshal(Object value) throws KuraException;

  void marshal(OutputStream outputStream, Object value) throws KuraException;
}
