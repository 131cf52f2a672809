package org.penstock.core.configuration;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.MissingResourceException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reading XML from strangers: no DTD, no external entities, bounded size; names with their prefix. */
final class Xml {

  /** Longest accepted document, in characters. */
  static final int LONGEST = 32 << 20;

  private static final XMLInputFactory FACTORY = factory();

  private Xml() {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /** A reader in front of the first event. */
  static XMLStreamReader reader(String text) throws XMLStreamException {
    return reader(new StringReader(text), LONGEST);
  }

  /**
   * The same for a text that is read piece by piece.
   *
   * @param longest characters
   */
  static XMLStreamReader reader(Reader text, long longest) throws XMLStreamException {
    try {
      synchronized (FACTORY) { // its makers are not declared thread safe
        return FACTORY.createXMLStreamReader(new Gate(text, longest));
      }
    } catch (XMLStreamException e) {
      throw e.getNestedException() instanceof IOException cause
          ? new XMLStreamException(cause.getMessage(), cause)
          : e;
    }
  }

  /** Goes on to the next start or end of an element, or the document's end. */
  static int next(XMLStreamReader in) throws XMLStreamException {
    try {
      return nextElement(in);
    } catch (MissingResourceException e) { // the parser has no words for what is wrong
      throw new XMLStreamException("not well-formed: " + e.getKey(), in.getLocation(), e);
    }
  }

  private static int nextElement(XMLStreamReader in) throws XMLStreamException {
    while (in.hasNext()) {
      int event = in.next();
      if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
        throw new XMLStreamException("DOCTYPE and entities are not allowed", in.getLocation());
      }
      if (event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT) {
        return event;
      }
    }
    return XMLStreamConstants.END_DOCUMENT;
  }

  /** Goes behind the end of the element that was just begun. */
  static void skip(XMLStreamReader in) throws XMLStreamException {
    int depth = 1;
    while (depth > 0) {
      int event = next(in);
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      } else {
        return;
      }
    }
  }

  /** The element's name without prefix. */
  static String name(XMLStreamReader in) {
    String raw = in.getLocalName();
    return raw.substring(raw.indexOf(':') + 1);
  }

  /** An attribute by its name without prefix, or null. */
  static String attribute(XMLStreamReader in, String name) {
    for (int i = 0; i < in.getAttributeCount(); i++) {
      String raw = in.getAttributeLocalName(i);
      if (raw.equals(name) || raw.endsWith(":" + name)) {
        return in.getAttributeValue(i);
      }
    }
    return null;
  }
}
