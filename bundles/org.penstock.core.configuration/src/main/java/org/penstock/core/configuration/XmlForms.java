package org.penstock.core.configuration;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;
import javax.xml.stream.XMLStreamException;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.core.configuration.XmlComponentConfigurations;
import org.eclipse.kura.core.configuration.XmlSnapshotIdResult;
import org.eclipse.kura.core.configuration.metatype.Tmetadata;
import org.eclipse.kura.marshalling.Marshaller;
import org.eclipse.kura.marshalling.Unmarshaller;

/** The XML of configurations, snapshot ids and metatype. Any thread may call. */
final class XmlForms implements Marshaller, Unmarshaller {

  private final Function<String, Optional<String>> decrypt;

  XmlForms(Function<String, Optional<String>> decrypt) {
    this.decrypt = decrypt;
  }

  @Override
  public String marshal(Object object) throws KuraException {
    if (object instanceof XmlComponentConfigurations all) {
      return SnapshotXmlWriter.configurations(all.getConfigurations());
    }
    if (object instanceof XmlSnapshotIdResult ids) {
      return SnapshotXmlWriter.ids(ids.getSnapshotIds());
    }
    throw new KuraException(KuraErrorCode.ENCODE_ERROR, "no XML form of " + Forms.kind(object));
  }

  @Override
  public void marshal(OutputStream out, Object object) throws KuraException {
    Forms.write(out, marshal(object));
  }

  @Override
  public <T> T unmarshal(String text, Class<T> type) throws KuraException {
    try {
      if (type.isAssignableFrom(XmlComponentConfigurations.class)) {
        XmlComponentConfigurations all = new XmlComponentConfigurations();
        all.setConfigurations(
            new ArrayList<>(new SnapshotXmlReader(decrypt).read(text).configurations()));
        return type.cast(all);
      }
      if (type.isAssignableFrom(Tmetadata.class)) {
        return type.cast(MetatypeXml.read(text, base -> word -> word));
      }
    } catch (DocumentException | XMLStreamException e) {
      throw new KuraException(KuraErrorCode.DECODER_ERROR, e, e.getMessage());
    }
    throw new KuraException(KuraErrorCode.DECODER_ERROR, "no XML form of " + type.getName());
  }

  @Override
  public <T> T unmarshal(InputStream in, Class<T> type) throws KuraException {
    return unmarshal(Forms.read(in), type);
  }
}
