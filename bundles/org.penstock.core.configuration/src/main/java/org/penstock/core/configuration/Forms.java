package org.penstock.core.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;

/** What the XML and the JSON form share. */
final class Forms {

  private Forms() {}

  static String kind(Object object) {
    return object == null ? "null" : object.getClass().getName();
  }

  static void write(OutputStream out, String text) throws KuraException {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.ENCODE_ERROR, e, e.getMessage());
    }
  }

  static String read(InputStream in) throws KuraException {
    try {
      byte[] bytes = in.readNBytes(Xml.LONGEST + 1);
      if (bytes.length > Xml.LONGEST) {
        throw new KuraException(KuraErrorCode.DECODER_ERROR, "the document is too long");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.DECODER_ERROR, e, e.getMessage());
    }
  }
}
