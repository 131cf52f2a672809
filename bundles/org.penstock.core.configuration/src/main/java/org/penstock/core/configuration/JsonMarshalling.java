package org.penstock.core.configuration;

import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.marshalling.Marshaller;
import org.eclipse.kura.marshalling.Unmarshaller;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The JSON pair that Kura's components look up by its kura.service.pid. */
@Component(
    service = {Marshaller.class, Unmarshaller.class},
    property = "kura.service.pid=" + JsonMarshalling.PID)
public final class JsonMarshalling implements Marshaller, Unmarshaller {

  static final String PID = "org.eclipse.kura.json.marshaller.unmarshaller.provider";

  private final JsonForms forms;

  /** Called by the component runtime. */
  @Activate
  public JsonMarshalling() {
    this.forms = new JsonForms();
  }

  @Override
  public String marshal(Object object) throws KuraException {
    return forms.marshal(object);
  }

  @Override
  public void marshal(OutputStream out, Object object) throws KuraException {
    forms.marshal(out, object);
  }

  @Override
  public <T> T unmarshal(String text, Class<T> type) throws KuraException {
    return forms.unmarshal(text, type);
  }

  @Override
  public <T> T unmarshal(InputStream in, Class<T> type) throws KuraException {
    return forms.unmarshal(in, type);
  }
}
