package org.eclipse.kura.core.configuration.util;

import java.io.StringReader;
import java.math.BigInteger;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Tdesignate;
import org.eclipse.kura.core.configuration.metatype.Ticon;
import org.eclipse.kura.core.configuration.metatype.Tmetadata;
import org.eclipse.kura.core.configuration.metatype.Tobject;
import org.eclipse.kura.core.configuration.metatype.Tocd;
import org.eclipse.kura.core.configuration.metatype.Toption;
import org.eclipse.kura.core.configuration.metatype.Tscalar;

/** Reads a metatype document by the local names of its elements; without entities and document types. */
final class MetatypeReader {

  private final XMLStreamReader in;
  private final Tmetadata metadata = new Tmetadata();
  private Tocd definition;
  private Tad attribute;
  private Tdesignate designate;

  private MetatypeReader(XMLStreamReader in) {
    this.in = in;
  }

  static Tmetadata metadata(String text) throws KuraException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      return new MetatypeReader(factory.createXMLStreamReader(new StringReader(text))).read();
    } catch (XMLStreamException | IllegalArgumentException e) {
      throw new KuraException(KuraErrorCode.DECODER_ERROR, e, "metatype document");
    }
  }

  private Tmetadata read() throws XMLStreamException {
    boolean found = false;
    while (in.hasNext()) {
      if (in.next() == XMLStreamReader.START_ELEMENT) {
        found |= in.getLocalName().equals("MetaData");
        element(in.getLocalName());
      }
    }
    if (!found) {
      throw new IllegalArgumentException("the document has no element MetaData");
    }
    return metadata;
  }

  private void element(String name) {
    switch (name) {
      case "MetaData" -> metadata.setLocalization(text("localization"));
      case "OCD" -> definition();
      case "AD" -> attribute();
      case "Option" -> option();
      case "Icon" -> icon();
      case "Designate" -> designate();
      case "Object" -> object();
      default -> {
        // other name spaces may add what they like
      }
    }
  }

  private void definition() {
    definition = new Tocd();
    definition.setId(text("id"));
    definition.setName(text("name"));
    definition.setDescription(text("description"));
    metadata.setOCD(definition);
  }

  private void attribute() {
    attribute = new Tad();
    attribute.setId(text("id"));
    attribute.setName(text("name"));
    attribute.setDescription(text("description"));
    attribute.setType(type(text("type")));
    attribute.setMin(text("min"));
    attribute.setMax(text("max"));
    attribute.setDefault(text("default"));
    String cardinality = text("cardinality");
    attribute.setCardinality(cardinality == null ? null : Integer.valueOf(cardinality.trim()));
    attribute.setRequired(flag("required"));
    if (definition != null) {
      definition.addAD(attribute);
    }
  }

  private static Tscalar type(String name) {
    return name == null || name.equals("Character")
        ? name == null ? null : Tscalar.CHAR
        : Tscalar.fromValue(name);
  }

  private void option() {
    Toption option = new Toption();
    option.setLabel(text("label"));
    option.setValue(text("value"));
    if (attribute != null) {
      attribute.setOption(option);
    }
  }

  private void icon() {
    Ticon icon = new Ticon();
    icon.setResource(text("resource"));
    String size = text("size");
    icon.setSize(size == null ? null : new BigInteger(size.trim()));
    if (definition != null) {
      definition.setIcon(icon);
    }
  }

  private void designate() {
    designate = new Tdesignate();
    designate.setPid(text("pid"));
    designate.setFactoryPid(text("factoryPid"));
    designate.setBundle(text("bundle"));
    designate.setOptional(flag("optional"));
    designate.setMerge(flag("merge"));
    metadata.setDesignate(designate);
  }

  private void object() {
    Tobject object = new Tobject();
    object.setOcdref(text("ocdref"));
    if (designate != null) {
      designate.setObject(object);
    }
  }

  private String text(String attributeName) {
    return in.getAttributeValue(null, attributeName);
  }

  private Boolean flag(String attributeName) {
    String value = text(attributeName);
    return value == null ? null : Boolean.valueOf(value.trim());
  }
}
