package org.penstock.core.configuration;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.core.configuration.XmlComponentConfigurations;
import org.eclipse.kura.marshalling.Marshaller;
import org.eclipse.kura.marshalling.Unmarshaller;

/** The JSON of configurations. Any thread may call. */
final class JsonForms implements Marshaller, Unmarshaller {

  @Override
  public String marshal(Object object) throws KuraException {
    if (object instanceof XmlComponentConfigurations all) {
      return SnapshotJsonWriter.configurations(all.getConfigurations());
    }
    throw new KuraException(KuraErrorCode.ENCODE_ERROR, "no JSON form of " + Forms.kind(object));
  }

  @Override
  public void marshal(OutputStream out, Object object) throws KuraException {
    Forms.write(out, marshal(object));
  }

  @Override
  public <T> T unmarshal(String text, Class<T> type) throws KuraException {
    if (!type.isAssignableFrom(XmlComponentConfigurations.class)) {
      throw new KuraException(KuraErrorCode.DECODER_ERROR, "no JSON form of " + type.getName());
    }
    try {
      XmlComponentConfigurations all = new XmlComponentConfigurations();
      all.setConfigurations(new ArrayList<>(new SnapshotJsonReader().read(text).configurations()));
      return type.cast(all);
    } catch (DocumentException e) {
      throw new KuraException(KuraErrorCode.DECODER_ERROR, e, e.getMessage());
    }
  }

  @Override
  public <T> T unmarshal(InputStream in, Class<T> type) throws KuraException {
    return unmarshal(Forms.read(in), type);
  }
}
